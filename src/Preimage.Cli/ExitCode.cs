namespace Preimage.Cli;

/// <summary>What the process says to its caller.</summary>
internal enum ExitCode
{
    /// <summary>Done, and nothing is missing.</summary>
    Done = 0,

    /// <summary>The model, the mathematics or the disk did not allow it.</summary>
    Failed = 1,

    /// <summary>The command line is wrong.</summary>
    WrongUse = 2,

    /// <summary>Stopped early; what was found is valid and written.</summary>
    Partial = 3,
}
