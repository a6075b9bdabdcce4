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
            System.Globalization.CultureInfo.InvariantCulture,
            $"rank {options.Rank} scale {options.Scale:R} targets {(int)options.Targets} value head {options.HasValueHead}\n")));
        foreach (TensorSlot slot in store.Block.Slots)
        {
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(RowOrder.ToHalves(store, slot).AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
