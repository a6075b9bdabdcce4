using System.Runtime.Intrinsics;

namespace Reflexion.LanguageModels;

/// <summary>Where the panels of packed weights lie: panel after panel, in each the scales of its groups, the offsets, then the numbers.</summary>
internal unsafe struct PackedPanels
{
    public PackedForm Form;
    public int Outputs;
    public int Inputs;
    public byte* Data;
    public fixed sbyte Table[16];

    public PackedPanels(PackedForm form, int outputs, int inputs)
    {
        Form = form;
        Outputs = outputs;
        Inputs = inputs;
        for (int i = 0; i < 16; i++)
        {
            Table[i] = form.Values switch
            {
                NibbleValues.FromZero => (sbyte)i,
                NibbleValues.AroundZero => (sbyte)(i - 8),
                _ => UnequalSteps.Of(Vector128.Create((byte)i))[0],
            };
        }
    }

    public readonly int Panels => (Outputs + Form.Rows - 1) / Form.Rows;

    /// <summary>Groups along a row.</summary>
    public readonly int Groups => Form.IsInteger ? Inputs / Form.Group : 0;

    public readonly long PanelBytes => RoundUp(NumbersAt + ((long)Inputs * Form.Rows * Form.Bits / 8));

    public readonly long ByteCount => Panels * PanelBytes;

    private readonly long OffsetsAt => (long)Groups * Form.Rows * Form.ScaleBytes;

    private readonly long NumbersAt => RoundUp(Form.HasOffsets ? 2 * OffsetsAt : OffsetsAt);

    /// <summary>The scales of a panel, a panel's rows for each group.</summary>
    public readonly byte* Scales(int panel) => Data + (panel * PanelBytes);

    public readonly byte* Offsets(int panel) => Scales(panel) + OffsetsAt;

    public readonly byte* Numbers(int panel) => Scales(panel) + NumbersAt;

    /// <summary>A number of the matrix, by itself.</summary>
    public readonly float Number(int output, int input)
    {
        int panel = output / Form.Rows;
        int row = output % Form.Rows;
        long at = ((long)input * Form.Rows) + row;
        switch (Form.Numbers)
        {
            case NumberForm.Floats: return ((float*)Numbers(panel))[at];
            case NumberForm.Halves: return (float)((Half*)Numbers(panel))[at];
            case NumberForm.UpperHalves: return BitConverter.UInt32BitsToSingle((uint)((ushort*)Numbers(panel))[at] << 16);
            default: break;
        }

        int group = (input / Form.Group * Form.Rows) + row;
        float scaled = Integer(Numbers(panel), row, input) * Scale(Scales(panel), group);
        return Form.HasOffsets ? scaled + Scale(Offsets(panel), group) : scaled;
    }

    private readonly float Scale(byte* scales, int at) => Form.AreScalesHalves ? (float)((Half*)scales)[at] : ((float*)scales)[at];

    private readonly int Integer(byte* numbers, int row, int input) => Form.Numbers == NumberForm.Bytes
        ? (sbyte)numbers[(input / 2 * 32) + (row * 2) + (input % 2)]
        : Table[(((ushort*)numbers)[(input / 8 * 32) + (row * 2) + (input % 2)] >> (input % 8 / 2 * 4)) & 15];

    // Cache lines.
    private static long RoundUp(long bytes) => (bytes + 63) & ~63L;
}
