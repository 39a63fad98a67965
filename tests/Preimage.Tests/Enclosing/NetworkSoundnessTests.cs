using Preimage.Enclosing;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Tests.Laws;

namespace Preimage.Tests.Enclosing;

/// <summary>Random points of random boxes, in numbers that the laws have no time for, and in networks that others trained.</summary>
public class NetworkSoundnessTests(ITestOutputHelper output)
{
    private const int PointsOfABox = 50;

    /// <summary>Networks whose matrix products and convolutions take more than this many multiplications are left to others.</summary>
    private const long MostWork = 20_000_000;

    public static IEnumerable<TheoryDataRow<string>> Families =>
        new[] { "operations", "dense", "mixed", "parts", "mean value" }.Select(name => new TheoryDataRow<string>(name));

    public static IEnumerable<TheoryDataRow<string>> PlaneFiles =>
        new[]
        {
            "simec/surface_1_good_weights.csv",
            "simec/thermodynamics_weights_addestrata_bene.csv",
            "simec/weights_binary.csv",
            "simec/weights_softplus_thermo.csv",
            "simec/weights_surface_2.csv",
        }
            .Concat(ModelFiles.Where(f => f.Contains("tllverifybench", StringComparison.Ordinal)))
            .Select(f => new TheoryDataRow<string>(f));

    public static IEnumerable<TheoryDataRow<string>> OtherFiles => ModelFiles.Select(f => new TheoryDataRow<string>(f));

    private static IEnumerable<string> ModelFiles =>
        Directory.Exists(Path.Combine(Shared.Folder, "models"))
            ? Directory
                .GetFiles(Path.Combine(Shared.Folder, "models"), "*.onnx", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(f => Path.GetRelativePath(Shared.Folder, f))
            : ["models/winml/iris_Network.onnx"];

    /// <summary>Ten million points of each family: value and Jacobian at each.</summary>
    [Theory(Explicit = true)]
    [MemberData(nameof(Families))]
    public void TenMillionPoints_LieInside(string family)
    {
        const int Boxes = 200_000;
        IReadOnlyList<EnclosedSubject> subjects = family switch
        {
            "operations" => EnclosedNetworks.Operations,
            "dense" => EnclosedNetworks.Dense,
            "mixed" => EnclosedNetworks.Mixed,
            "parts" => EnclosedNetworks.Parts,
            _ => EnclosedNetworks.MeanValue,
        };
        Random random = new(20);
        for (int k = 0; k < Boxes; k++)
        {
            EnclosedSubject subject = subjects[k % subjects.Count];
            Check(subject, subject.Box(random), random, PointsOfABox);
        }

        output.WriteLine($"{family}: {(long)Boxes * PointsOfABox} points in {Boxes} boxes, none outside");
    }

    /// <summary>Networks of two inputs: boxes of all widths, by the natural form and the mean-value form.</summary>
    [Theory]
    [MemberData(nameof(PlaneFiles))]
    public void PlaneNetworks_LieInTheirEnclosures(string file)
    {
        const int Boxes = 40;
        Network network = ModelFile.Read(Shared.Path(file));
        NetworkEnclosure natural = new(network);
        Random random = new(21);
        for (int k = 0; k < Boxes; k++)
        {
            EnclosedSubject subject = new(file, network.PlainMap, k % 2 == 0 ? natural : new MeanValueForm(natural));
            Check(subject, subject.Box(random), random, 10);
        }
    }

    /// <summary>Any covered network of a size that can be done here: boxes around a random point.</summary>
    [Theory]
    [MemberData(nameof(OtherFiles))]
    public void OtherNetworks_LieInTheirEnclosures(string file)
    {
        const int MostInputs = 16;
        Network network = Read(file);
        long work = Work(network.Graph);
        Assert.SkipWhen(work > MostWork, $"{file} takes {work} multiplications");
        NetworkEnclosure enclosure = new(network);
        Random random = new(22);
        double[] x = [.. Enumerable.Range(0, network.Inputs).Select(_ => random.NextDouble())];
        foreach (double width in (double[])[0, 1e-6, 1e-2])
        {
            Interval[] box = [.. x.Select(c => new Interval(c - width, c + width))];
            Interval[] y = new Interval[network.Outputs];
            enclosure.Enclose(box, y);
            Containment.AllInside(network.PlainMap.Evaluate(x), y, file);
            if (network.Inputs is > 0 and <= MostInputs)
            {
                Check(new EnclosedSubject(file, network.PlainMap, enclosure), box, random, 3);
            }
        }
    }

    private static Network Read(string file)
    {
        try
        {
            return ModelFile.Read(Shared.Path(file));
        }
        catch (Exception e) when (e is ModelException or ArgumentException)
        {
            Assert.Skip($"{file} is refused: {e.Message.Replace(Shared.Folder, "", StringComparison.Ordinal)}");
            throw;
        }
    }

    private static long Work(Graph graph) =>
        graph
            .Nodes.Select(n => n.Operation)
            .Sum(operation =>
                operation switch
                {
                    MatrixMultiply m => (long)m.Batch * m.Rows * m.Inner * m.Columns,
                    Convolve c => (long)c.Batch
                        * c.OutputChannels
                        * (c.InputChannels / c.Groups)
                        * c.Window.ElementCount
                        * c.Window.PositionCount,
                    _ => 0,
                }
            );

    private static void Check(EnclosedSubject subject, Interval[] box, Random random, int points)
    {
        double[] y = new double[subject.Map.Outputs];
        double[] jacobian = new double[subject.Map.Outputs * subject.Map.Inputs];
        Interval[] value = new Interval[y.Length];
        Interval[] first = new Interval[jacobian.Length];
        subject.Enclosure.EncloseJacobian(box, value, first);
        for (int i = 0; i < points; i++)
        {
            subject.Map.Linearize(EnclosedSubject.Point(random, box), y, jacobian);
            Containment.AllInside(y, value, subject.Name);
            Containment.AllInside(jacobian, first, subject.Name);
        }
    }
}
