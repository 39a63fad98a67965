using Preimage.Tests.Laws;

namespace Preimage.Tests.Enclosing;

public sealed class OperationEnclosureLaws : EnclosedMapLaws
{
    protected override IReadOnlyList<EnclosedSubject> Subjects => EnclosedNetworks.Operations;
}

public sealed class DenseEnclosureLaws : EnclosedMapLaws
{
    protected override IReadOnlyList<EnclosedSubject> Subjects => EnclosedNetworks.Dense;
}

public sealed class MixedEnclosureLaws : EnclosedMapLaws
{
    protected override IReadOnlyList<EnclosedSubject> Subjects => EnclosedNetworks.Mixed;
}

public sealed class PartEnclosureLaws : EnclosedMapLaws
{
    protected override IReadOnlyList<EnclosedSubject> Subjects => EnclosedNetworks.Parts;
}

public sealed class MeanValueFormLaws : EnclosedMapLaws
{
    protected override IReadOnlyList<EnclosedSubject> Subjects => EnclosedNetworks.MeanValue;

    protected override double Order => 2;
}

public sealed class FunctionEnclosureLaws : EnclosedMapLaws
{
    protected override IReadOnlyList<EnclosedSubject> Subjects => [EnclosedNetworks.Function];

    protected override bool AllocatesNothing => false;
}
