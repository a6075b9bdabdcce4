namespace Reflexion.LanguageModels;

/// <summary>What products of integers need of a vector: each 32-bit lane is a row of the weights and holds two neighbouring inputs as 16-bit integers, or a sum.</summary>
/// <typeparam name="TInt">A register of integers.</typeparam>
/// <typeparam name="TFloat">A register of as many floats.</typeparam>
/// <remarks>All kinds give the same bits: the integers are exact, and floats are added in the same order with one rounding.</remarks>
internal unsafe interface IPairLanes<TInt, TFloat>
    where TInt : struct
    where TFloat : struct
{
    /// <summary>Rows in a vector; 16 is a multiple.</summary>
    static abstract int Rows { get; }

    /// <summary>Whether there are registers for eight tokens at once, or six of two vectors.</summary>
    static abstract bool HasManyRegisters { get; }

    static abstract TInt LoadWords(short* from);

    static abstract void StoreWords(TInt pairs, short* to);

    /// <summary>8-bit pairs, widened.</summary>
    static abstract TInt LoadBytes(sbyte* from);

    /// <summary>What the 4-bit indices that begin at a bit stand for.</summary>
    static abstract TInt LoadNibbles(byte* from, int bit, TInt table);

    /// <summary>Sixteen values for <see cref="LoadNibbles"/>.</summary>
    static abstract TInt LoadTable(sbyte* values);

    static abstract TInt Broadcast(int pair);

    /// <summary>sum + the products of a lane's two numbers.</summary>
    static abstract TInt MultiplyAdd(TInt weights, TInt activations, TInt sum);

    static abstract TFloat Load(float* from);

    /// <summary>Binary16 numbers as floats, exactly.</summary>
    static abstract TFloat LoadHalves(ushort* from);

    /// <summary>Upper halves of floats as floats.</summary>
    static abstract TFloat LoadUpperHalves(ushort* from);

    static abstract void Store(TFloat vector, float* to);

    /// <summary>total + sum · (scale · activationScale).</summary>
    static abstract TFloat AddScaled(TInt sum, TFloat scale, float activationScale, TFloat total);

    /// <summary>total + vector · factor.</summary>
    static abstract TFloat AddProduct(TFloat vector, float factor, TFloat total);

    /// <summary>The first number of each pair · scale + offset, rounded twice.</summary>
    static abstract TFloat FirstToFloats(TInt pairs, TFloat scale, TFloat offset);

    /// <summary>The second number of each pair · scale + offset, rounded twice.</summary>
    static abstract TFloat SecondToFloats(TInt pairs, TFloat scale, TFloat offset);

    /// <summary>Asks for a cache line; any address will do.</summary>
    static abstract void Prefetch(byte* address);
}
