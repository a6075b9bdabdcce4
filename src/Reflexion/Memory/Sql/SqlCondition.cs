namespace Reflexion;

/// <summary>Which lessons a query looks at: a condition on the table <c>lessons l</c>, and its parameters.</summary>
/// <param name="Sql">The condition.</param>
/// <param name="Parameters">Its parameters.</param>
internal sealed record SqlCondition(string Sql, (string Name, object? Value)[] Parameters)
{
    /// <summary>Lessons in breadth that can be recalled.</summary>
    public static SqlCondition Of(long tenant, LessonQuery query, DateTimeOffset since) => new(
        query.Breadth switch
        {
            LessonBreadth.Task => $"{Common} AND l.task = @task AND l.agent = @agent",
            LessonBreadth.Agent => $"{Common} AND l.agent = @agent",
            _ => Common,
        },
        ParametersOf(tenant, query, since));

    /// <summary>Of those, the lessons learnt on the very task.</summary>
    public static SqlCondition OfTask(long tenant, LessonQuery query, DateTimeOffset since) => query.Breadth == LessonBreadth.Tenant
        ? new($"{Common} AND l.task = @task", ParametersOf(tenant, query, since))
        : Of(tenant, query with { Breadth = LessonBreadth.Task }, since);

    private static string Common => $"l.tenant = @tenant AND l.state <> {(int)LessonState.Retired} AND l.last_learnt >= @since";

    /// <summary>The same, of a tenant by its name rather than its number.</summary>
    public static SqlCondition OfNamed(LessonQuery query, DateTimeOffset since)
    {
        SqlCondition condition = Of(0, query, since);
        return new(
            condition.Sql.Replace("l.tenant = @tenant", "l.tenant = (SELECT number FROM tenants WHERE name = @name)", StringComparison.Ordinal),
            [("name", SqlKey.Of(query.Scope.Tenant)), .. condition.Parameters.Where(parameter => parameter.Name != "tenant")]);
    }

    private static (string Name, object? Value)[] ParametersOf(long tenant, LessonQuery query, DateTimeOffset since) =>
        [("tenant", tenant), ("agent", SqlKey.Of(query.Scope.Agent)), ("task", SqlKey.Of(query.Scope.TaskId)), ("since", since.UtcTicks)];
}
