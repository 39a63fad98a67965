using System.Text.Json;
using Preimage.Data;

namespace Preimage.E2E;

/// <summary>What the points of an inner tensor are read as: points of the model's input, or words.</summary>
public class EmbeddingTests
{
    private const int Tokens = 49;
    private const int Width = 48;
    private const int Free = 24;
    private const string Image = "examples/digits/digits14-images.idx:5";
    private const string Vit = $"examples/digits/digits-vit.onnx --at {Image} --image unit";
    private const string Morph = $"morph {Vit} --from embedding --free token:24 --steps 2 --frames 2";

    /// <summary>Conjugate gradients end within rounding of an embedding whose singular values differ little.</summary>
    private const double Roundoff = 1e-10;

    [Fact]
    public void Decode_GivesBackTheImageItselfAtTheStart()
    {
        JsonElement trail = Trail(
            $"{Morph} --towards examples/digits/digits14-images.idx:8 --decode",
            out JsonElement all
        );
        double[] start = Numbers(trail.GetProperty("points")[0]);
        double[] last = Numbers(trail.GetProperty("points")[1]);
        double[] image = Numbers(Evaluated($"eval {Vit}").GetProperty("settings").GetProperty("at"));
        Assert.Equal(image.Length, start.Length);
        Assert.All(image.Zip(start), pair => Assert.Equal(pair.First, pair.Second, Roundoff));
        Assert.Contains("decode", all.GetProperty("settings").EnumerateObject().Select(p => p.Name));

        // Token 24 is the patch of rows and columns 6 and 7: only it may move.
        int[] moved = [.. Enumerable.Range(0, image.Length).Where(i => Math.Abs(last[i] - image[i]) > Roundoff)];
        Assert.NotEmpty(moved);
        Assert.All(moved, i => Assert.True(i / 14 is 6 or 7 && i % 14 is 6 or 7, $"pixel {i}"));
    }

    [Fact]
    public void Vocabulary_ReadsARowOfTheTableAsItsWord()
    {
        double[] embedding = Numbers(Evaluated($"eval {Vit} --to embedding").GetProperty("output"));
        (string table, string words) = Vocabulary(
            [.. embedding.Reverse().Chunk(Width).SelectMany(row => row.Reverse())],
            Width
        );
        JsonElement trail = Trail($"{Morph} --towards {Image} --vocabulary {table} --words {words}", out _);
        string[] read = [.. trail.GetProperty("tokens")[0].EnumerateArray().Select(t => t.GetString()!)];
        Assert.Equal(Enumerable.Range(0, Tokens).Select(k => $"word{Tokens - 1 - k}"), read);
    }

    /// <summary>The free token goes to that of another image, and is read as its word there; the others keep theirs.</summary>
    [Fact]
    public void Vocabulary_ReadsTheWordThatARowBecomes()
    {
        const string Other = "examples/digits/digits14-images.idx:8";
        double[] embedding = Numbers(Evaluated($"eval {Vit} --to embedding").GetProperty("output"));
        double[] other = Numbers(
            Evaluated($"eval {Vit.Replace(Image, Other, StringComparison.Ordinal)} --to embedding")
                .GetProperty("output")
        );
        (string table, string words) = Vocabulary([.. embedding, .. other.Skip(Free * Width).Take(Width)], Width);
        string morph = Morph.Replace("--steps 2", "--band 1", StringComparison.Ordinal);
        JsonElement trail = Trail($"{morph} --towards {Other} --vocabulary {table} --words {words}", out _);
        string[] last = [.. trail.GetProperty("tokens")[1].EnumerateArray().Select(t => t.GetString()!)];
        Assert.Equal(Enumerable.Range(0, Tokens).Select(k => $"word{(k == Free ? Tokens : k)}"), last);
    }

    [Fact]
    public void WordsAreNoImage()
    {
        string folder = PreimageProcess.NewFolder();
        (string table, _) = Vocabulary(new double[3 * Width], Width);
        Run run = PreimageProcess.Run(
            $"{Morph} --towards {Image} --vocabulary {table} --out {Path.Combine(folder, "words")}"
        );
        Assert.Equal(0, run.ExitCode);
        Assert.True(File.Exists(Path.Combine(folder, "words.html")));
        Assert.Empty(Directory.GetFiles(folder, "*.strip.*"));
    }

    [Fact]
    public void ATableOfAnotherWidth_IsRefused()
    {
        (string table, _) = Vocabulary(new double[3 * (Width + 1)], Width + 1);
        PreimageProcess
            .Run($"{Morph} --towards {Image} --vocabulary {table} --out {NewFile()}")
            .IsWrongUse($"give a table of shape [words, {Width}]");
    }

    [Fact]
    public void WordsOfAnotherNumber_AreRefused()
    {
        (string table, string words) = Vocabulary(new double[3 * Width], Width);
        File.AppendAllText(words, "one more\n");
        PreimageProcess
            .Run($"{Morph} --towards {Image} --vocabulary {table} --words {words} --out {NewFile()}")
            .IsWrongUse("has 4 lines, and the table of --vocabulary 3 rows");
    }

    [Theory]
    [InlineData("walk")]
    [InlineData("morph")]
    public void Decode_WithoutAnInnerTensor_IsRefused(string command) =>
        PreimageProcess
            .Run($"{command} {Vit} {(command == "morph" ? $"--towards {Image}" : "")} --decode --out {NewFile()}")
            .IsWrongUse("name the tensor with --from");

    private static JsonElement Trail(string command, out JsonElement all)
    {
        string file = NewFile();
        Run run = PreimageProcess.Run($"{command} --out {file}");
        Assert.True(run.ExitCode is 0 or 3, run.Error);
        all = JsonDocument.Parse(File.ReadAllText(file)).RootElement;
        return all.GetProperty("trail");
    }

    private static JsonElement Evaluated(string command) => PreimageProcess.Run($"{command} --json").Json;

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetDouble())];

    private static string NewFile() => Path.Combine(PreimageProcess.NewFolder(), "trail.json");

    /// <summary>A table with a word for each row: word0, word1, ...</summary>
    private static (string Table, string Words) Vocabulary(double[] values, int width)
    {
        string folder = PreimageProcess.NewFolder();
        (string table, string words) = (Path.Combine(folder, "table.npy"), Path.Combine(folder, "words.txt"));
        int count = values.Length / width;
        File.WriteAllBytes(table, NpyBytes.Of(values, [count, width]));
        File.WriteAllLines(words, Enumerable.Range(0, count).Select(k => $"word{k}"));
        return (table, words);
    }
}
