namespace Preimage.Networks.Compiled;

/// <summary>
/// A dense layer laid out for lanes. A panel is as many columns as two registers hold, stored row after row, so that
/// a product reads its weights once and in order; the last panel is padded with zeros.
/// </summary>
internal sealed unsafe class PackedLayer
{
    private readonly AlignedMemory memory;

    public PackedLayer(DenseLayer layer, int panel, ActivationPass activation)
    {
        (Inputs, Outputs, Activation) = (layer.Inputs, layer.Outputs, activation);
        IsIdentity = layer.Activation is Identity;
        PaddedInputs = RoundUp(Inputs, panel);
        PaddedOutputs = RoundUp(Outputs, panel);
        memory = new AlignedMemory(checked(PaddedOutputs * (Inputs + 1) + PaddedInputs * Outputs));
        Biases = memory.Start;
        ByInput = Biases + PaddedOutputs;
        ByOutput = ByInput + PaddedOutputs * Inputs;
        for (int i = 0; i < Outputs; i++)
        {
            Biases[i] = layer.Biases[i];
            for (int j = 0; j < Inputs; j++)
            {
                double weight = layer.Weights[i * Inputs + j];
                ByInput[(i / panel * Inputs + j) * panel + i % panel] = weight;
                ByOutput[(j / panel * Outputs + i) * panel + j % panel] = weight;
            }
        }
    }

    public int Inputs { get; }
    public int Outputs { get; }

    /// <summary>Inputs and outputs, rounded up to whole panels.</summary>
    public int PaddedInputs { get; }
    public int PaddedOutputs { get; }

    /// <summary>b: [PaddedOutputs].</summary>
    public double* Biases { get; }

    /// <summary>W^T in panels: [PaddedOutputs / panel][Inputs][panel].</summary>
    public double* ByInput { get; }

    /// <summary>W in panels: [PaddedInputs / panel][Outputs][panel].</summary>
    public double* ByOutput { get; }

    public ActivationPass Activation { get; }

    /// <summary>Whether the activation is x.</summary>
    public bool IsIdentity { get; }

    public static int RoundUp(int count, int multiple) => (count + multiple - 1) / multiple * multiple;
}
