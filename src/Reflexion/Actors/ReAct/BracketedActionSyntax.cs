using System.Collections.Immutable;

namespace Reflexion;

/// <summary>Actions written as <c>Name[argument]</c>. Names are compared without regard to case.</summary>
public sealed record BracketedActionSyntax : ActionSyntax
{
    /// <summary>The names an action may have; any other is malformed. Empty (default) to allow every name. <see cref="FinishAction"/> is always one of them.</summary>
    public ImmutableArray<string> Actions { get; init; } = [];

    /// <summary>The action that gives the answer. It never reaches the environment. Default <c>Finish</c>.</summary>
    public string FinishAction { get; init; } = "Finish";

    /// <summary>
    /// Whether the argument reaches to the last bracket of the line, as in the code of Shinn et al. (<c>^(\w+)\[(.+)\]$</c>):
    /// <c>Search[a], Search[b]</c> is then one action with the argument <c>a], Search[b</c>. Default false: brackets are
    /// balanced, and the first action of the line counts.
    /// </summary>
    public bool IsGreedy { get; init; }

    internal override string FinishName => FinishAction;

    internal override string Instructions => $"Thought: what you know, what is missing, what to do next\nAction: Name[argument]\n\n{Choice}";

    internal override string NoAction => $"Your reply held no action. End it with one line of the form \"Action: Name[argument]\". {Choice}";

    private string Choice
    {
        get
        {
            string others = string.Join(", ", Actions.Where(name => !IsFinish(name)).Select(name => $"{name}[argument]"));
            return Actions.IsEmpty ? $"To give the answer, write \"Action: {FinishAction}[answer]\"."
                : others.Length == 0 ? $"The only action is {FinishAction}[answer], which gives the answer."
                : $"The actions are {others} and {FinishAction}[answer], which gives the answer.";
        }
    }

    internal override ActionReading Read(string reply, int start, int end)
    {
        int from = ReplyText.SkipDecoration(reply, start, end);
        if (from == end)
        {
            return new(null, from, NoAction);
        }

        int lineEnd = ReplyText.LineEnd(reply, from, end);
        return IsGreedy ? ReadGreedy(reply, from, lineEnd) : ReadBalanced(reply, from, lineEnd, end);
    }

    internal override ActionReading? ReadAlone(string reply, int start, int end, bool isWholeReply)
    {
        ActionReading reading = Read(reply, start, end);
        bool isAction = reading.End > start && reply[reading.End - 1] == ']';
        bool isAlone = reading.HasMore || ReplyText.IsDecoration(reply.AsSpan(reading.End, end - reading.End));
        return isAction && isAlone ? reading : null;
    }

    internal override void Validate()
    {
        if (Actions.IsDefault)
        {
            throw new ArgumentException("Actions is not initialised; use [] to allow every name.", nameof(Actions));
        }

        foreach (string name in Actions.Append(FinishAction))
        {
            if (name is not { Length: > 0 } || BracketedText.NameLength(name) != name.Length)
            {
                throw new ArgumentException($"\"{name}\" cannot be the name of an action: use letters, digits, _, - and '.' only.", nameof(Actions));
            }
        }
    }

    private ActionReading ReadGreedy(string reply, int start, int end)
    {
        ReadOnlySpan<char> line = ReplyText.TrimEnd(reply.AsSpan(start, end - start));
        int name = BracketedText.NameLength(line);
        return name > 0 && line.Length > name + 2 && line[name] == '[' && line[^1] == ']'
            ? Make(reply, start, name, name + 1, line.Length, hasMore: false)
            : Malformed(reply, start, end, $"Your action is not of the form Name[argument] with nothing after the closing bracket. {Choice}");
    }

    private ActionReading ReadBalanced(string reply, int start, int lineEnd, int end)
    {
        ReadOnlySpan<char> block = reply.AsSpan(start, end - start);
        ReadOnlySpan<char> line = block[..(lineEnd - start)];
        int name = BracketedText.NameLength(line);
        int open = name + line[name..].IndexOfAnyExcept(' ', '\t');
        if (name == 0 || open < name || line[open] != '[')
        {
            return Malformed(reply, start, lineEnd, $"Your action is not of the form Name[argument]: write its name, then the argument in square brackets. {Choice}");
        }

        int close = BracketedText.Close(block, open);
        close = close < 0 ? line.LastIndexOf(']') : close;
        return close < 0
            ? Malformed(reply, start, lineEnd, $"Your action lacks its closing bracket. Write the whole action on one line: Name[argument]. {Choice}")
            : Make(reply, start, name, open + 1, close + 1, BracketedText.HoldsAction(RestOfLine(block, close + 1), IsKnown));
    }

    private ActionReading Make(string reply, int start, int nameLength, int argument, int length, bool hasMore)
    {
        string text = reply.Substring(start, length);
        string? name = Resolve(text.AsSpan(0, nameLength));
        string value = text[argument..^1].Trim();
        bool finishes = name == FinishAction;
        return name is null ? new(new AgentAction(text), start + length, $"There is no action of that name. {Choice}")
            : finishes && value.Length == 0 ? new(new AgentAction(text), start + length, $"Your answer is empty. Write it between the brackets: {FinishAction}[answer].")
            : new(new AgentAction(text) { Name = name, Argument = value }, start + length, IsAnswer: finishes, HasMore: hasMore);
    }

    private static ActionReading Malformed(string reply, int start, int end, string problem) =>
        new(new AgentAction(reply[start..end].Trim()), start, problem);

    private static ReadOnlySpan<char> RestOfLine(ReadOnlySpan<char> block, int start)
    {
        ReadOnlySpan<char> rest = block[start..];
        int newline = rest.IndexOf('\n');
        rest = newline < 0 ? rest : rest[..newline];
        return ReplyLabels.TryFindInline(rest, ReplyLabel.Observation, out int observation, out _) ? rest[..observation] : rest;
    }

    /// <summary>The name as it was declared, or null for one that does not exist.</summary>
    private string? Resolve(ReadOnlySpan<char> name)
    {
        if (IsFinish(name))
        {
            return FinishAction;
        }

        foreach (string known in Actions)
        {
            if (name.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return known;
            }
        }

        return Actions.IsEmpty ? name.ToString() : null;
    }

    private bool IsKnown(ReadOnlySpan<char> name) => Resolve(name) is not null;

    private bool IsFinish(ReadOnlySpan<char> name) => name.Equals(FinishAction, StringComparison.OrdinalIgnoreCase);
}
