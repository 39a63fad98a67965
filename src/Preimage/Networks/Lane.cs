namespace Preimage.Networks;

/// <summary>One line along the middle axis of [outer, count, inner]: element i stands at place Start + i Stride.</summary>
internal readonly record struct Lane(int Start, int Count, int Stride)
{
    /// <summary>The place of element i.</summary>
    public int this[int i] => Start + i * Stride;

    /// <summary>All lines, in the order of the reduced tensor [outer, inner].</summary>
    public static Sequence Of(int outer, int count, int inner) => new(outer, count, inner);

    /// <summary>The lines of a tensor, for foreach without allocation.</summary>
    public struct Sequence(int outer, int count, int inner)
    {
        private int _next = -1;

        /// <summary>The line reached.</summary>
        public readonly Lane Current => new(_next / inner * count * inner + _next % inner, count, inner);

        /// <summary>This.</summary>
        public readonly Sequence GetEnumerator() => this;

        /// <summary>Goes to the next line, if there is one.</summary>
        public bool MoveNext() => ++_next < outer * inner;
    }
}
