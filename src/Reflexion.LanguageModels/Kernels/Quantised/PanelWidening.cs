using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>Stretches of panels in the forms that kernels for many tokens read.</summary>
internal static unsafe class PanelWidening<TInt, TFloat, TLanes>
    where TInt : struct
    where TFloat : struct
    where TLanes : IPairLanes<TInt, TFloat>
{
    private const int PanelRows = 16;

    // With one token, widening is all that reads the weights.
    private const int Ahead = 4_096;

    /// <summary>Some groups of a panel, with scales and offsets as floats.</summary>
    /// <param name="panels">All panels; must not move while the result is used.</param>
    /// <param name="number">Which panel.</param>
    /// <param name="group">The first group.</param>
    /// <param name="groups">How many.</param>
    /// <param name="scales">Room for sixteen scales and sixteen offsets a group, used where they are kept as halves.</param>
    public static PairPanel Open(PackedPanels* panels, int number, int group, int groups, float* scales)
    {
        PackedForm form = panels->Form;
        int fours = form.Group / 8;
        int at = group * PanelRows;
        int count = groups * PanelRows;
        long bytes = form.Numbers == NumberForm.Bytes ? BytePairs.FourPairs : NibblePairs.FourPairs;
        return new PairPanel
        {
            Numbers = panels->Numbers(number) + (group * fours * bytes),
            Scales = AsFloats(form, panels->Scales(number), at, scales, count),
            Offsets = form.HasOffsets ? AsFloats(form, panels->Offsets(number), at, scales + count, count) : null,
            Groups = groups,
            Fours = fours,
            Table = panels->Table,
        };
    }

    /// <summary>A panel as <see cref="WordPairs"/>.</summary>
    public static PairPanel Widen(PairPanel panel, NumberForm form, short* words)
    {
        if (form == NumberForm.Bytes)
        {
            Widen<BytePairs>(&panel, words);
        }
        else
        {
            Widen<NibblePairs>(&panel, words);
        }

        panel.Numbers = (byte*)words;
        return panel;
    }

    /// <summary>A panel as floats: <paramref name="step"/> numbers for each input, of which the first sixteen are written.</summary>
    public static void ToFloats(PairPanel panel, NumberForm form, float* to, int step)
    {
        if (form == NumberForm.Bytes)
        {
            ToFloats<BytePairs>(&panel, to, step);
        }
        else
        {
            ToFloats<NibblePairs>(&panel, to, step);
        }
    }

    /// <summary>Sixteen-bit floats as floats.</summary>
    /// <param name="from">The numbers.</param>
    /// <param name="form">Which half of a float they are, or which kind of halves.</param>
    /// <param name="to">Room for them.</param>
    /// <param name="count">How many; a multiple of 32.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToFloats(ushort* from, NumberForm form, float* to, long count)
    {
        if (form == NumberForm.Halves)
        {
            for (long i = 0; i < count; i += TLanes.Rows)
            {
                TLanes.Prefetch((byte*)(from + i) + Ahead);
                TLanes.Store(TLanes.LoadHalves(from + i), to + i);
            }
        }
        else
        {
            for (long i = 0; i < count; i += TLanes.Rows)
            {
                TLanes.Prefetch((byte*)(from + i) + Ahead);
                TLanes.Store(TLanes.LoadUpperHalves(from + i), to + i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float* AsFloats(PackedForm form, byte* stored, int at, float* room, int count)
    {
        if (!form.AreScalesHalves)
        {
            return (float*)stored + at;
        }

        for (int i = 0; i < count; i += TLanes.Rows)
        {
            TLanes.Store(TLanes.LoadHalves((ushort*)stored + at + i), room + i);
        }

        return room;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen<TPairs>(PairPanel* panel, short* words)
        where TPairs : IPairFormat
    {
        TInt table = TLanes.LoadTable(panel->Table);
        for (int row = 0; row < PanelRows; row += TLanes.Rows)
        {
            byte* from = panel->Numbers + (row * TPairs.RowBytes);
            short* to = words + (row * 2);
            for (int four = panel->Groups * panel->Fours; four > 0; four--)
            {
                TLanes.StoreWords(TPairs.Load<TInt, TFloat, TLanes>(from, 0, table), to);
                TLanes.StoreWords(TPairs.Load<TInt, TFloat, TLanes>(from, 1, table), to + 32);
                TLanes.StoreWords(TPairs.Load<TInt, TFloat, TLanes>(from, 2, table), to + 64);
                TLanes.StoreWords(TPairs.Load<TInt, TFloat, TLanes>(from, 3, table), to + 96);
                from += TPairs.FourPairs;
                to += 128;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ToFloats<TPairs>(PairPanel* panel, float* to, int step)
        where TPairs : IPairFormat
    {
        TInt table = TLanes.LoadTable(panel->Table);
        for (int row = 0; row < PanelRows; row += TLanes.Rows)
        {
            byte* from = panel->Numbers + (row * TPairs.RowBytes);
            float* at = to + row;
            for (int group = 0; group < panel->Groups; group++)
            {
                TFloat scale = TLanes.Load(panel->Scales + (group * PanelRows) + row);
                TFloat offset = panel->Offsets == null ? default : TLanes.Load(panel->Offsets + (group * PanelRows) + row);
                for (int four = 0; four < panel->Fours; four++)
                {
                    TLanes.Prefetch(from + Ahead);
                    TLanes.Prefetch(from + Ahead + (TPairs.FourPairs / 2));
                    StorePair(TPairs.Load<TInt, TFloat, TLanes>(from, 0, table), scale, offset, at, step);
                    StorePair(TPairs.Load<TInt, TFloat, TLanes>(from, 1, table), scale, offset, at + (2 * step), step);
                    StorePair(TPairs.Load<TInt, TFloat, TLanes>(from, 2, table), scale, offset, at + (4 * step), step);
                    StorePair(TPairs.Load<TInt, TFloat, TLanes>(from, 3, table), scale, offset, at + (6 * step), step);
                    from += TPairs.FourPairs;
                    at += 8 * step;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePair(TInt pairs, TFloat scale, TFloat offset, float* to, int step)
    {
        TLanes.Store(TLanes.FirstToFloats(pairs, scale, offset), to);
        TLanes.Store(TLanes.SecondToFloats(pairs, scale, offset), to + step);
    }
}
