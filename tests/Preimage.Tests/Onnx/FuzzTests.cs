using Google.Protobuf;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Tests.Networks;

namespace Preimage.Tests.Onnx;

/// <summary>Damaged model files: refused in a sentence or read, never anything else, and never at the price of much memory.</summary>
public class FuzzTests(ITestOutputHelper output)
{
    private const int Mutations = 10_000;

    /// <summary>More than any limit of the importer lets one file take, and far less than a machine has.</summary>
    private const long MostBytes = 2L << 30;

    [Fact]
    public void MutationsOfOurOwnFile_AreReadOrRefused()
    {
        DenseNetwork network = DenseNetworks.Make(3, [3, 4, 4, 2], DenseHead.Softmax);
        Mutate(ModelWriter.Write(network, Signature.Anonymous(3, 2), ElementType.Double).ToByteArray(), seed: 1);
    }

    [Theory]
    [InlineData("models/vnncomp/lsnc/quadrotor2d_state.onnx")]
    [InlineData("models/converted/autolirpa_sst_transformer_emb.onnx")]
    public void MutationsOfASharedFile_AreReadOrRefused(string file) =>
        Mutate(File.ReadAllBytes(Shared.Path(file)), seed: 2);

    private void Mutate(byte[] original, int seed)
    {
        var random = new Random(seed);
        int read = 0;
        long most = 0;
        for (int i = 0; i < Mutations; i++)
        {
            byte[] mutant = Mutant(original, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Network network = OnnxFile.Read(mutant, "mutant.onnx");
                read++;
                if (network.Inputs < 1000 && network.Outputs < 1000)
                {
                    network.Map.Evaluate(new double[network.Inputs], new double[network.Outputs]);
                    _ = network.Dense;
                }
            }
            catch (ModelException e)
            {
                Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
            }

            most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        output.WriteLine($"{read} of {Mutations} mutations were read, the largest took {most >> 20} MiB.");
        Assert.InRange(most, 0, MostBytes);
        Assert.InRange(read, 1, Mutations - 1);
    }

    /// <summary>One to eight edits: a changed bit or byte, a run that is cut, doubled or moved, or the end cut off.</summary>
    private static byte[] Mutant(byte[] original, Random random)
    {
        List<byte> bytes = [.. original];
        for (int edits = random.Next(1, 9); edits > 0 && bytes.Count > 0; edits--)
        {
            int at = random.Next(bytes.Count);
            int length = Math.Min(random.Next(1, 64), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 4:
                    bytes[at] = 0xff;
                    break;
                default:
                    if (random.Next(8) == 0)
                    {
                        bytes.RemoveRange(at, bytes.Count - at);
                    }

                    break;
            }
        }

        return [.. bytes];
    }
}
