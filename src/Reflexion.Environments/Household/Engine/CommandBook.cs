namespace Reflexion.Environments;

/// <summary>The commands of a world as texts, made when they are first needed, and read back.</summary>
internal sealed class CommandBook
{
    private static readonly HouseholdVerb[] Verbs = Enum.GetValues<HouseholdVerb>();

    private readonly string[] _objects;
    private readonly string[] _receptacles;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _objectOf;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _receptacleOf;

    /// <summary>Texts by verb, then by object and target. Writing one twice is harmless: the texts are equal.</summary>
    private readonly string?[]?[] _texts = new string?[]?[Verbs.Length];

    internal CommandBook(HouseholdLayout layout)
    {
        _objects = [.. layout.World.Objects.Select(thing => thing.Name)];
        _receptacles = [.. layout.World.Receptacles.Select(receptacle => receptacle.Name)];
        _objectOf = Lookup(_objects);
        _receptacleOf = Lookup(_receptacles);
    }

    internal string ObjectName(int o) => _objects[o];

    internal string ReceptacleName(int receptacle) => _receptacles[receptacle];

    /// <summary>A command as it is written; one and the same text each time.</summary>
    internal string TextOf(HouseholdAction action)
    {
        VerbForm form = VerbForm.Of(action.Verb);
        int targets = TargetNames(form).Length;
        string?[] texts = _texts[(int)action.Verb] ??= new string?[Math.Max(1, (form.HasObject ? _objects.Length : 1) * Math.Max(1, targets))];
        int index = (Math.Max(action.Object, 0) * Math.Max(1, targets)) + Math.Max(action.Target, 0);
        return texts[index] ??= Write(form, action);
    }

    /// <summary>Reads a command that is written exactly as it must be; whether it can be done now is another matter.</summary>
    internal bool TryRead(ReadOnlySpan<char> text, out HouseholdAction action)
    {
        foreach (HouseholdVerb verb in Verbs)
        {
            VerbForm form = VerbForm.Of(verb);
            if (text.StartsWith(form.Start, StringComparison.Ordinal) && TryReadNames(verb, form, text[form.Start.Length..], out action))
            {
                return true;
            }
        }

        action = default;
        return false;
    }

    private bool TryReadNames(HouseholdVerb verb, VerbForm form, ReadOnlySpan<char> names, out HouseholdAction action)
    {
        int joint = form.Joint.Length == 0 ? -1 : names.IndexOf(form.Joint, StringComparison.Ordinal);
        int o = -1;
        int target = -1;
        bool read = form.Joint.Length == 0
            ? TryFind(form.HasObject ? VerbTarget.Object : form.Target, names, out int only) && (form.HasObject ? o = only : target = only) >= -1
            : joint >= 0 && TryFind(VerbTarget.Object, names[..joint], out o) && TryFind(form.Target, names[(joint + form.Joint.Length)..], out target);
        action = new(verb, o, target);
        return read;
    }

    private bool TryFind(VerbTarget kind, ReadOnlySpan<char> name, out int index)
    {
        index = -1;
        return kind switch
        {
            VerbTarget.Object => _objectOf.TryGetValue(name, out index),
            VerbTarget.Receptacle => _receptacleOf.TryGetValue(name, out index),
            _ => name.IsEmpty,
        };
    }

    private string Write(VerbForm form, HouseholdAction action)
    {
        string first = form.HasObject ? _objects[action.Object] : "";
        string second = form.Target == VerbTarget.None ? "" : TargetNames(form)[action.Target];
        return string.Concat(form.Start, first, form.Joint, second);
    }

    private string[] TargetNames(VerbForm form) => form.Target switch
    {
        VerbTarget.Receptacle => _receptacles,
        VerbTarget.Object => _objects,
        _ => [],
    };

    private static Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Lookup(string[] names)
    {
        var indices = new Dictionary<string, int>(names.Length, StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            indices.Add(names[i], i);
        }

        return indices.GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
