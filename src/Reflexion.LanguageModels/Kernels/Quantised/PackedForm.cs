namespace Reflexion.LanguageModels;

/// <summary>What a storage type is packed as.</summary>
/// <param name="Numbers">How numbers are kept.</param>
/// <param name="Group">Inputs that share a scale; 1 for floats, which have none.</param>
/// <param name="HasOffsets">Whether something is added to a group's scaled numbers.</param>
/// <param name="AreScalesHalves">Whether scales and offsets are binary16 as in the file, and not binary32.</param>
/// <param name="Values">What 4-bit indices stand for.</param>
internal readonly record struct PackedForm(NumberForm Numbers, int Group, bool HasOffsets, bool AreScalesHalves, NibbleValues Values = NibbleValues.FromZero)
{
    /// <summary>Rows of a panel.</summary>
    public int Rows => IsInteger ? 16 : 32;

    public bool IsInteger => Numbers is NumberForm.Bytes or NumberForm.Nibbles;

    /// <summary>Bytes of a scale or an offset.</summary>
    public int ScaleBytes => !IsInteger ? 0 : AreScalesHalves ? sizeof(ushort) : sizeof(float);

    /// <summary>Bits of a number.</summary>
    public int Bits => Numbers switch
    {
        NumberForm.Nibbles => 4,
        NumberForm.Bytes => 8,
        NumberForm.Floats => 32,
        _ => 16,
    };

    public static PackedForm Of(StorageType type) => type switch
    {
        StorageType.F32 => new(NumberForm.Floats, 1, false, false),
        StorageType.F16 => new(NumberForm.Halves, 1, false, false),
        StorageType.BF16 => new(NumberForm.UpperHalves, 1, false, false),
        StorageType.Q8_0 or StorageType.Q5_0 => new(NumberForm.Bytes, 32, false, true),
        StorageType.Q5_1 => new(NumberForm.Bytes, 32, true, true),
        StorageType.Q5_K => new(NumberForm.Bytes, 32, true, false),
        StorageType.Q6_K => new(NumberForm.Bytes, 16, false, false),
        StorageType.Q4_0 => new(NumberForm.Nibbles, 32, false, true, NibbleValues.AroundZero),
        StorageType.Q4_1 => new(NumberForm.Nibbles, 32, true, true),
        StorageType.Q4_K => new(NumberForm.Nibbles, 32, true, false),
        StorageType.Q3_K => new(NumberForm.Nibbles, 16, false, false, NibbleValues.AroundZero),
        StorageType.Q2_K => new(NumberForm.Nibbles, 16, true, false),
        StorageType.IQ4_NL => new(NumberForm.Nibbles, 32, false, true, NibbleValues.UnequalSteps),
        StorageType.IQ4_XS => new(NumberForm.Nibbles, 32, false, false, NibbleValues.UnequalSteps),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such storage type."),
    };
}
