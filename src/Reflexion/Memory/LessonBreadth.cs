namespace Reflexion;

/// <summary>How far recall looks.</summary>
public enum LessonBreadth
{
    /// <summary>Lessons of the same task only, as in the papers.</summary>
    Task,

    /// <summary>Lessons of any task of the same agent.</summary>
    Agent,

    /// <summary>Lessons of any agent of the same tenant.</summary>
    Tenant,
}
