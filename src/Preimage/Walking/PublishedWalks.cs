namespace Preimage.Walking;

/// <summary>
/// The walks of the papers on n-dimensional classes and on transformers: one eigenvector of the pullback metric at a time, nothing corrected, clamped to the
/// box. Their defect is what they drifted; what they sample is not known. No part of them is adapted: walk them without a warm-up.
/// </summary>
public static class PublishedWalks
{
    /// <summary>SiMEC in n dimensions: x += +- delta e, e a random null eigenvector.  [BenfenatiMarta2024]</summary>
    /// <param name="delta">The step, in input units.</param>
    public static Walker Simec(double delta) => Along(new EigenvectorStep(), delta);

    /// <summary>SiMExp in n dimensions: x += +- delta e, e a random eigenvector that is not null, across the fibers.  [BenfenatiMarta2024]</summary>
    /// <param name="delta">The step, in input units.</param>
    public static Walker Simexp(double delta) => Along(new EigenvectorStep { Index = new AmongVisible() }, delta);

    /// <summary>SiMEC of the paper on transformers: steps of eta sqrt(lambda_min / lambda_max), over the eigenvalues that are not zero.  [BenfenatiMarta2025]</summary>
    /// <param name="eta">The step's factor, in input units.</param>
    public static Walker TransformerSimec(double eta) =>
        Along(new EigenvectorStep { Scale = new SpectralScale() }, eta);

    /// <summary>SiMExp of the paper on transformers: steps of eta sqrt(lambda_min / lambda_max), over the eigenvalues that are not zero.  [BenfenatiMarta2025]</summary>
    /// <param name="eta">The step's factor, in input units.</param>
    public static Walker TransformerSimexp(double eta) =>
        Along(new EigenvectorStep { Index = new AmongVisible(), Scale = new SpectralScale() }, eta);

    /// <summary>
    /// A published walk with the slips of the published code: the index can draw an eigenvector that is not null, the sign is tied to the parity of the index,
    /// and the length of the way is overwritten. (Clamping, which leaves the class, is in the papers too.)
    /// </summary>
    public static Walker AsCoded(Walker published) =>
        published.Proposal is not EigenvectorStep step
            ? published
            : published with
            {
                Proposal = step with
                {
                    Index = step.Index is AmongNull ? new AmongNullAndOneMore() : step.Index,
                    Sign = new SignOfParity(),
                },
                WayLength = new LastStepLength(),
            };

    private static Walker Along(EigenvectorStep step, double length) =>
        Walker.Uniform with
        {
            Proposal = step,
            Return = new NoReturn(),
            Acceptance = new AlwaysAccept(),
            Bounds = new ClampBounds(),
            StepLength = new FixedLength(length),
        };
}
