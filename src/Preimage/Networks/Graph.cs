using System.Collections.Immutable;

namespace Preimage.Networks;

/// <summary>One step of a graph: an operation on earlier nodes. Size is the length of its value; Varies says whether it depends on x.</summary>
internal sealed record Node(Operation Operation, ImmutableArray<int> Operands, int Size, bool Varies);

/// <summary>A named inner tensor of a graph: the node that holds it, and the shape that the model gives it.</summary>
internal sealed record NamedNode(string Name, int Node, ImmutableArray<int> Shape);

/// <summary>
/// A network as data, R^n -> R^m: nodes in an order where every operand comes before its use; node 0 is the one <see cref="Input"/>.
/// Made by <see cref="GraphBuilder"/>, which checks sizes and folds constants.
/// </summary>
internal sealed record Graph(ImmutableArray<Node> Nodes, int Output, ImmutableArray<NamedNode> Tensors)
{
    /// <summary>n.</summary>
    public int Inputs => Nodes[0].Size;

    /// <summary>m.</summary>
    public int Outputs => Nodes[Output].Size;
}
