using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>Brings stored rows into panels.</summary>
internal static unsafe class PanelPacker
{
    public static void Pack(WorkerPool pool, ReadOnlySpan<StoredRows> rows, StorageType type, PackedPanels panels)
    {
        long scratchBytes = panels.Inputs * sizeof(float);
        NativeBuffer<byte> scratch = pool.Rent(pool.Threads * scratchBytes);
        fixed (StoredRows* first = rows)
        {
            var job = new Job
            {
                Rows = first,
                RowBytes = (long)panels.Inputs / Dequantizer.BlockSize(type) * Dequantizer.BytesPerBlock(type),
                Type = type,
                Panels = &panels,
                Scratch = scratch.Pointer,
                ScratchBytes = scratchBytes,
            };
            pool.Run(panels.Form.IsInteger ? &PackIntegers : &PackFloats, &job, panels.Panels);
        }

        pool.Return(scratch);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackFloats(void* state, int panel, int worker)
    {
        var job = (Job*)state;
        PackedPanels* panels = job->Panels;
        int first = panel * panels->Form.Rows;
        int rows = Math.Min(panels->Form.Rows, panels->Outputs - first);
        for (int row = 0; row < rows; row++)
        {
            byte* source = job->Row(first + row);
            if (panels->Form.Numbers == NumberForm.Floats)
            {
                Spread((float*)source, (float*)panels->Numbers(panel) + row, panels);
            }
            else
            {
                Spread((ushort*)source, (ushort*)panels->Numbers(panel) + row, panels);
            }
        }
    }

    private static void Spread<T>(T* source, T* to, PackedPanels* panels)
        where T : unmanaged
    {
        int step = panels->Form.Rows;
        for (int input = 0; input < panels->Inputs; input++)
        {
            to[(long)input * step] = source[input];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackIntegers(void* state, int panel, int worker)
    {
        var job = (Job*)state;
        PackedPanels* panels = job->Panels;
        var records = (SixteenNumbers*)(job->Scratch + (worker * job->ScratchBytes));
        int first = panel * panels->Form.Rows;
        int rows = Math.Min(panels->Form.Rows, panels->Outputs - first);
        for (int row = 0; row < rows; row++)
        {
            Dequantizer.ToSingle<RecordingLanes>(job->Type, job->Row(first + row), (float*)records, panels->Inputs);
            PackScales(panels, panel, row, records);
            if (panels->Form.Numbers == NumberForm.Bytes)
            {
                PackBytes((sbyte*)panels->Numbers(panel) + (row * 2), records, panels->Inputs);
            }
            else
            {
                PackNibbles((ushort*)panels->Numbers(panel) + (row * 2), records, panels);
            }
        }
    }

    private static void PackScales(PackedPanels* panels, int panel, int row, SixteenNumbers* records)
    {
        PackedForm form = panels->Form;
        for (int group = 0; group < panels->Groups; group++)
        {
            SixteenNumbers* record = records + (group * form.Group / 16);
            int at = (group * form.Rows) + row;
            WriteScale(form, panels->Scales(panel), at, record->Scale);
            if (form.HasOffsets)
            {
                WriteScale(form, panels->Offsets(panel), at, record->Offset);
            }
        }
    }

    private static void WriteScale(PackedForm form, byte* scales, int at, float value)
    {
        if (form.AreScalesHalves)
        {
            ((Half*)scales)[at] = (Half)value;
        }
        else
        {
            ((float*)scales)[at] = value;
        }
    }

    private static void PackBytes(sbyte* to, SixteenNumbers* records, int inputs)
    {
        for (int input = 0; input < inputs; input += 2, to += 32)
        {
            sbyte* pair = records[input / 16].Numbers + (input % 16);
            to[0] = pair[0];
            to[1] = pair[1];
        }
    }

    private static void PackNibbles(ushort* to, SixteenNumbers* records, PackedPanels* panels)
    {
        byte* index = stackalloc byte[256];
        for (int i = 0; i < 16; i++)
        {
            index[(byte)panels->Table[i]] = (byte)i;
        }

        for (int input = 0; input < panels->Inputs; input += 8, to += 32)
        {
            sbyte* numbers = records[input / 16].Numbers + (input % 16);
            int even = 0;
            int odd = 0;
            for (int pair = 0; pair < 4; pair++)
            {
                even |= index[(byte)numbers[2 * pair]] << (4 * pair);
                odd |= index[(byte)numbers[(2 * pair) + 1]] << (4 * pair);
            }

            to[0] = (ushort)even;
            to[1] = (ushort)odd;
        }
    }

    private struct Job
    {
        public StoredRows* Rows;
        public long RowBytes;
        public StorageType Type;
        public PackedPanels* Panels;
        public byte* Scratch;
        public long ScratchBytes;

        public readonly byte* Row(int output)
        {
            StoredRows* rows = Rows;
            while (output >= rows->First + rows->Count)
            {
                rows++;
            }

            return (byte*)rows->Data + ((output - rows->First) * RowBytes);
        }
    }
}
