namespace Reflexion;

/// <summary>Writes lessons as the memory's files do.</summary>
internal sealed class LessonConverter : SurrogateConverter<Lesson, LessonJson>
{
    protected override LessonJson ToSurrogate(Lesson value) => LessonJson.Of(value);

    protected override Lesson FromSurrogate(LessonJson surrogate) => surrogate.ToLesson();
}
