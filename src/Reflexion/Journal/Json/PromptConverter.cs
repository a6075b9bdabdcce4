namespace Reflexion;

/// <summary>Writes prompts as their parts.</summary>
internal sealed class PromptConverter : SurrogateConverter<ActorPrompt, PromptPartSurrogate[]>
{
    protected override PromptPartSurrogate[] ToSurrogate(ActorPrompt value) =>
        [.. value.Parts.Select(part => new PromptPartSurrogate(part.Kind, part.Text, part.Integrity, part.LessonIds.IsDefaultOrEmpty ? null : [.. part.LessonIds]))];

    protected override ActorPrompt FromSurrogate(PromptPartSurrogate[] surrogate) =>
        new(surrogate.Select(part => new PromptPart(part.Kind, part.Text, part.Integrity) { LessonIds = [.. part.LessonIds ?? []] }));
}
