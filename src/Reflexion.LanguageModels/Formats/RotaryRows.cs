using System.Text.RegularExpressions;

namespace Reflexion.LanguageModels;

/// <summary>Puts the rows of q and k, and of what is added to them, into another order of rotating pairs.</summary>
internal static partial class RotaryRows
{
    /// <summary>The tensor in the other order; itself where the order does not matter to it.</summary>
    /// <param name="tensor">A tensor under Hugging Face's name, or PEFT's.</param>
    /// <param name="headSize">Rows of a head.</param>
    /// <param name="from">The order it has.</param>
    /// <param name="to">The order it shall have.</param>
    public static NamedTensor Convert(NamedTensor tensor, int headSize, RotaryLayout from, RotaryLayout to)
    {
        if (from == to || !Rotating().IsMatch(tensor.Name))
        {
            return tensor;
        }

        int rows = (int)tensor.Shape[0];
        int width = tensor.Values.Length / rows;
        var values = new float[tensor.Values.Length];
        for (int row = 0; row < rows; row++)
        {
            int target = (row / headSize * headSize) + Moved(row % headSize, headSize / 2, to);
            tensor.Values.Span.Slice(row * width, width).CopyTo(values.AsSpan(target * width));
        }

        return tensor with { Values = values };
    }

    private static int Moved(int row, int half, RotaryLayout to) => to == RotaryLayout.Pairs
        ? (row % half * 2) + (row / half)
        : (row % 2 * half) + (row / 2);

    [GeneratedRegex(@"\.self_attn\.[qk]_proj\.(weight|bias|lora_B\.weight)$", RegexOptions.CultureInvariant)]
    private static partial Regex Rotating();
}
