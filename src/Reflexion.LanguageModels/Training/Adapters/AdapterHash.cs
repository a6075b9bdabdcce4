using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Reflexion.LanguageModels;

/// <summary>One hash for an adapter's shape and numbers, whichever order its model keeps rows in.</summary>
internal static class AdapterHash
{
    public static string Of(AdapterStore<float> store)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        LoraOptions options = store.Options;
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"rank {options.Rank} scale {options.Scale:R} targets {(int)options.Targets} value head {options.HasValueHead}\n")));
        foreach (TensorSlot slot in store.Block.Slots)
        {
            NamedTensor exchanged = RotaryRows.Convert(store.Block.Copy(slot), store.Config.HeadSize, store.Config.RotaryLayout, RotaryLayout.Halves);
            hash.AppendData(MemoryMarshal.AsBytes(exchanged.Values.Span));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
