using System.Numerics;

namespace Preimage.Onnx;

/// <summary>How one axis is resized.</summary>
/// <param name="Size">Its new size.</param>
/// <param name="Scale">New over old size, as stated.</param>
/// <param name="Coordinates">The place on the old axis of each new element, by the name that the format gives it.</param>
/// <param name="Region">Start and end of the part that is cropped, in shares of the axis.</param>
/// <param name="IsTouched">Whether the axis is among those that are resized.</param>
internal readonly record struct ResizedAxis(
    long Size,
    double Scale,
    string Coordinates,
    (double Start, double End) Region,
    bool IsTouched
)
{
    /// <summary>Where the new elements stand on the old axis, in the numbers of 32 or 64 bits.  extent: its elements.</summary>
    public T[] Positions<T>(int extent)
        where T : IFloatingPointIeee754<T>
    {
        var positions = new T[Size];
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = IsTouched ? Position(T.CreateChecked(i), extent) : T.CreateChecked(i);
        }

        return positions;
    }

    private T Position<T>(T i, int extent)
        where T : IFloatingPointIeee754<T>
    {
        T half = T.CreateChecked(0.5);
        T scale = T.CreateChecked(Scale);
        T size = T.CreateChecked(Size);
        T elements = T.CreateChecked(extent);
        T last = elements - T.One;
        T start = T.CreateChecked(Region.Start);
        T end = T.CreateChecked(Region.End);
        return Coordinates switch
        {
            "pytorch_half_pixel" => Size > 1 ? (i + half) / scale - half : T.Zero,
            "half_pixel_symmetric" => elements * half * (T.One - size / (scale * elements)) + (i + half) / scale - half,
            "align_corners" => Size > 1 ? i * last / (size - T.One) : T.Zero,
            "asymmetric" => i / scale,
            "tf_half_pixel_for_nn" => (i + half) / scale,
            "tf_crop_and_resize" when Size > 1 => start * last + i * (end - start) * last / (size - T.One),
            "tf_crop_and_resize" => half * (start + end) * last,
            _ => (i + half) / scale - half,
        };
    }
}

/// <summary>The attributes and constant inputs of Resize and Upsample in all their versions.</summary>
internal sealed record Resizing
{
    private static readonly string[] KnownCoordinates =
    [
        "half_pixel",
        "half_pixel_symmetric",
        "pytorch_half_pixel",
        "align_corners",
        "asymmetric",
        "tf_half_pixel_for_nn",
        "tf_crop_and_resize",
    ];

    private string _rounding = "";
    private double _cubic;
    private bool _antialias;

    /// <summary>All axes.</summary>
    public required ResizedAxis[] Axes { get; init; }

    /// <summary>nearest, linear or cubic.</summary>
    public required string Kind { get; init; }

    /// <summary>Whether elements outside the grid have no weight.</summary>
    public bool Excludes { get; private init; }

    /// <summary>Whether places outside the grid hold a stated number.</summary>
    public bool Extrapolates { get; private init; }

    /// <summary>That number.</summary>
    public double Outside { get; private init; }

    /// <summary>Reads a node. Upsample, and Resize before opset 11, know only scales, and positions i / scale.</summary>
    public static Resizing Read(NodeReader n)
    {
        Value x = n.Input(0);
        bool old = n.Opset < 11;
        string coordinates = n.Text("coordinate_transformation_mode", old ? "asymmetric" : "half_pixel");
        string kind = n.Text("mode", "nearest") is var mode && mode == "bilinear" ? "linear" : mode;
        string rounding = n.Text("nearest_mode", old ? "simple" : "round_prefer_floor");
        if (
            !KnownCoordinates.Contains(coordinates, StringComparer.Ordinal)
            || kind is not ("nearest" or "linear" or "cubic")
        )
        {
            throw n.Fail(
                $"resizes by the mode '{kind}' with coordinates '{coordinates}', which is not known; known are nearest, linear and cubic with {string.Join(", ", KnownCoordinates)}"
            );
        }

        if (rounding is not ("simple" or "round_prefer_floor" or "round_prefer_ceil" or "floor" or "ceil"))
        {
            throw n.Fail(
                $"rounds by '{rounding}', which is not known; known are round_prefer_floor, round_prefer_ceil, floor and ceil"
            );
        }

        return new Resizing
        {
            Axes = ResizedAxes.Read(n, x, coordinates),
            Kind = kind,
            Excludes = n.Int("exclude_outside", 0) != 0,
            Extrapolates = coordinates == "tf_crop_and_resize",
            Outside = n.Float("extrapolation_value", 0),
            _rounding = rounding,
            _cubic = n.Float("cubic_coeff_a", -0.75),
            _antialias = n.Int("antialias", 0) != 0,
        };
    }

    /// <summary>The element taken for a position.</summary>
    public double Nearest(double position, double scale) =>
        _rounding switch
        {
            "simple" => scale < 1 ? Math.Ceiling(position) : Math.Floor(position),
            "floor" => Math.Floor(position),
            "ceil" => Math.Ceiling(position),
            "round_prefer_ceil" => Math.Floor(position + 0.5),
            _ => Math.Ceiling(position - 0.5),
        };

    /// <summary>The weights between elements; antialias widens them where the grid gets smaller.</summary>
    public Interpolation Interpolation(double scale)
    {
        double width = _antialias ? Math.Min(1, scale) : 1;
        return Kind == "cubic" ? new CubicInterpolation(_cubic, width) : new LinearInterpolation(width);
    }
}
