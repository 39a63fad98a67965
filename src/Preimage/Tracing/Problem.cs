using System.Collections.Immutable;
using Preimage.Maps;

namespace Preimage.Tracing;

/// <summary>What is traced: N(x) = Target in the box.  Target: [Map.Outputs].</summary>
public sealed record Problem(IMap Map, Box Box, ImmutableArray<double> Target);
