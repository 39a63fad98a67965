using System.Collections.Immutable;
using Preimage.Figures;
using Preimage.Networks;

namespace Preimage.Cli.Arguments;

/// <summary>The words that say which map of a model is looked at, and where.</summary>
internal sealed record SliceWords
{
    public required ModelWords Model { get; init; }
    public required string? At { get; init; }
    public string? Image { get; init; }
    public required bool PointIsNeeded { get; init; }

    /// <summary>Whether --at may hold NaN and infinity where a tensor file says them: to evaluate there, and no more.</summary>
    public bool TakesTensorsAsTheyAre { get; init; }
    public required string? Box { get; init; }
    public required OutputChoice Chosen { get; init; }
    public required string[] Fixed { get; init; }
    public required string[] Free { get; init; }
    public required string? PatchSize { get; init; }

    /// <summary>--at where the network begins at an inner tensor, and so takes the image of the point: At is then null.</summary>
    public string? AtOfTheModel { get; init; }

    /// <summary>The shape of the model's input, of which --at is a point in that case.</summary>
    public ImmutableArray<int> ShapeOfTheModel { get; init; } = [];

    /// <summary>Where the values of the inputs come from, in words.</summary>
    public string Point => At ?? AtOfTheModel ?? "the model's own start";

    /// <summary>Whether --at says more than a point of the map: the values of inputs that are held, the largest outputs, the image where the map begins.</summary>
    public bool PointHasOtherUse => Free.Length > 0 || Model.From is not null || Chosen.NeedsPoint;

    /// <summary>
    /// The network between --from and --to, and the words that are left to say of it: where it begins at an inner tensor, --at is a point of the model's
    /// input, all that passes that tensor by is held at it, and the network starts at its image.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such model, tensor or point, or there is nothing to vary.</exception>
    /// <exception cref="ModelException">The model cannot be used.</exception>
    public (Network Network, SliceWords Words) Load()
    {
        (ImmutableArray<Network> networks, SliceWords words) = LoadAll(isFirstOnly: true);
        return (Models.Demand(networks[0]), words);
    }

    /// <summary>The networks from --from to every output, or to --to, and the words that are left to say of them. They may lack inputs, or elements.</summary>
    /// <exception cref="ArgumentException">There is no such model, tensor or point.</exception>
    /// <exception cref="ModelException">The model cannot be used.</exception>
    public (ImmutableArray<Network> Networks, SliceWords Words) LoadAll(bool isFirstOnly = false)
    {
        ModelWords model = Model with { Point = At, IsFirstOnly = isFirstOnly };
        bool isInner =
            At is not null
            && model.From is { } from
            && Models.Open(model.Path)?.Inputs.Any(input => input.Name == from) != true;
        if (!isInner)
        {
            return (Models.LoadAll(model), this);
        }

        SliceWords words = this with { At = null, AtOfTheModel = At };
        Network whole = Models.Read(model with { From = null, To = null, IsFirstOnly = true })[0];
        if (whole.Inputs == 0)
        {
            return (Models.LoadAll(model), words); // the point is the value of an input of integers
        }

        ImmutableArray<int> shape = whole.InputTensor.Shape;
        double[] point = PointArgument.Parse(At!, whole.Signature, Reading(shape));
        return (
            Models.LoadAll(model with { Held = (whole.InputTensor.Name, point) }),
            words with
            {
                ShapeOfTheModel = shape,
            }
        );
    }

    /// <summary>How --at is read as a point of a shape.</summary>
    public PointReading Reading(ImmutableArray<int> shape) =>
        new()
        {
            Shape = shape,
            Image = Image,
            TakesTensorsAsTheyAre = TakesTensorsAsTheyAre,
        };

    /// <summary>Where the point came from, for the record.</summary>
    /// <param name="shape">The shape of the network's input.</param>
    /// <param name="count">How many numbers --at gives of it.</param>
    public IEnumerable<Setting> PointSettings(ImmutableArray<int> shape, int count) =>
        AtOfTheModel is { } at
            ? PointArgument.Settings(at, Reading(ShapeOfTheModel), ShapeOfTheModel.Aggregate(1, (a, b) => a * b))
            : PointArgument.Settings(At, Reading(shape), count);

    /// <summary>
    /// The same, with everything constant where an operator on the way needs that: there is a value then, though nothing can vary. The reason is said
    /// on standard error.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such model, tensor or point.</exception>
    /// <exception cref="ModelException">The model cannot be used.</exception>
    public (ImmutableArray<Network> Networks, SliceWords Words) LoadAllOrConstants()
    {
        try
        {
            return LoadAll();
        }
        catch (ModelException reason) when (At is not null && Free.Length + Fixed.Length == 0)
        {
            ModelWords constant = Model with { Point = At, IsConstant = true };
            try
            {
                ImmutableArray<Network> networks = Models.Read(constant);
                if (networks[0].Inputs == 0)
                {
                    CommandHost.Warn($"nothing can vary, and only values are given: {reason.Message}");
                    return (networks, this with { At = null, AtOfTheModel = At });
                }
            }
            catch (ModelException)
            {
                // The first reason is the one to mend.
            }

            throw;
        }
    }

    /// <summary>The tensors between which the network goes, for the record.</summary>
    public IEnumerable<Setting> TensorSettings()
    {
        foreach (
            (string name, string? text) in ((string, string?)[])
                [("fromTensor", Model.From), ("toTensor", Model.To), ("atOfTheModel", AtOfTheModel)]
        )
        {
            if (text is not null)
            {
                yield return new Setting(name, text);
            }
        }
    }
}
