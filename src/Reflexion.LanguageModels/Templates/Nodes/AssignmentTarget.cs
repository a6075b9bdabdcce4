using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>What a value is given to: a name, several in parentheses or not, or a namespace's field.</summary>
/// <param name="Position">Where it stands.</param>
/// <param name="Name">A name, or the namespace's.</param>
/// <param name="Field">The namespace's field, or null.</param>
/// <param name="Parts">Several targets, each for one item of the value; else empty.</param>
internal sealed record AssignmentTarget(TemplatePosition Position, string Name, string? Field, ImmutableArray<AssignmentTarget> Parts)
{
    internal void Assign(TemplateRun run, TemplateScope scope, object value)
    {
        run.Position = Position;
        if (!Parts.IsEmpty)
        {
            AssignParts(run, scope, PythonValue.Items(run, value));
        }
        else if (Field is null)
        {
            scope.Set(Name, value);
        }
        else if (run.Scope.TryGet(Name, out object? holder) && holder is TemplateNamespace fields)
        {
            fields.Fields[Field] = value;
        }
        else
        {
            throw run.Error($"'{Name}' is no namespace: only a namespace's fields can be set.");
        }
    }

    private void AssignParts(TemplateRun run, TemplateScope scope, IReadOnlyList<object> items)
    {
        if (items.Count != Parts.Length)
        {
            throw run.Error($"{items.Count} values cannot be given to {Parts.Length} names.");
        }

        for (int i = 0; i < items.Count; i++)
        {
            Parts[i].Assign(run, scope, items[i]);
        }
    }
}
