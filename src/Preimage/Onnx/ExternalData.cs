using Preimage.Onnx.Wire;

namespace Preimage.Onnx;

/// <summary>Weights that stand in files beside the model: inside its folder only.</summary>
internal sealed class ExternalData(string modelPath)
{
    /// <summary>The bytes of a tensor.  expected: how many its shape and type need.</summary>
    /// <exception cref="ModelException">The location leaves the model's folder, or the file is missing or too short.</exception>
    public byte[] Read(TensorProto proto, long expected, string what)
    {
        string location = "";
        long offset = 0;
        long length = expected;
        foreach (StringStringEntryProto entry in proto.ExternalData)
        {
            bool valid = entry.Key switch
            {
                "location" => (location = entry.Value).Length > 0,
                "offset" => long.TryParse(entry.Value, out offset) && offset >= 0,
                "length" => long.TryParse(entry.Value, out length) && length >= 0,
                _ => true,
            };
            if (!valid)
            {
                throw Bad(what, $"names external data with the {entry.Key} '{entry.Value}', which is not valid");
            }
        }

        if (length != expected)
        {
            throw Bad(what, $"names {length} bytes of external data, but its shape and type need {expected}");
        }

        return ReadRange(Resolve(location, what), location, offset, length, what);
    }

    private string Resolve(string location, string what)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(modelPath)) ?? "";
        if (location.Length == 0 || location.Contains('\0') || Path.IsPathRooted(location))
        {
            throw Bad(what, $"names the external data '{location}', which is not a file beside the model");
        }

        string full = Path.GetFullPath(Path.Combine(folder, location));
        string root = folder.EndsWith(Path.DirectorySeparatorChar) ? folder : folder + Path.DirectorySeparatorChar;
        if (!full.StartsWith(root, StringComparison.Ordinal) || !StaysInside(full, root))
        {
            throw Bad(what, $"names the external data '{location}', which lies outside the model's folder");
        }

        return full;
    }

    /// <summary>No part of the path below the folder is a link that leads elsewhere.</summary>
    private static bool StaysInside(string full, string root)
    {
        for (string? part = full; part is not null && part.Length > root.Length; part = Path.GetDirectoryName(part))
        {
            if (new FileInfo(part).LinkTarget is not null)
            {
                return false;
            }
        }

        return true;
    }

    private byte[] ReadRange(string file, string location, long offset, long length, string what)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read);
            if (offset > stream.Length || length > stream.Length - offset)
            {
                throw Bad(
                    what,
                    $"needs bytes {offset} to {offset + length} of '{location}', which has only {stream.Length}"
                );
            }

            byte[] bytes = new byte[length];
            stream.Position = offset;
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(
                $"{modelPath}: {what} has its data in '{location}', which cannot be read beside the model: {e.Message}",
                e
            );
        }
    }

    private ModelException Bad(string what, string rule) => new($"{modelPath}: {what} {rule}.");
}
