namespace Preimage.Results;

/// <summary>The levels strictly between two consecutive critical values of f in a box.</summary>
/// <param name="From">The lower critical value, as an upper bound of it.</param>
/// <param name="To">The upper critical value, as a lower bound of it.</param>
/// <param name="Closed">How many closed components a level in between has.</param>
/// <param name="Open">How many components that end on the border of the box.</param>
/// <param name="Verdict">Proved: all critical points that may lie in between are excluded, and the components were proved at one level.</param>
public sealed record LevelGap(double From, double To, int Closed, int Open, Verdict Verdict);
