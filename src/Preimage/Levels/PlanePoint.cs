namespace Preimage.Levels;

/// <summary>A point of the plane; equal points are equal in all bits but the sign of zero.</summary>
internal readonly record struct PlanePoint(double X, double Y);
