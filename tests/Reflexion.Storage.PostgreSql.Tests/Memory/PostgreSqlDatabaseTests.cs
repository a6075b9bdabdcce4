using System.Data.Common;
using Npgsql;
using static Reflexion.Tests.Lessons;

namespace Reflexion.Tests;

public sealed class PostgreSqlDatabaseTests : SqlMemoryConformance
{
    private readonly TemporarySchemas _schemas = new();
    private string _schema = "";

    protected override string StoreName => $"postgresql:{_schema}";

    public override Task InitializeAsync()
    {
        _schema = _schemas.Next();
        return base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _schemas.DropAsync();
    }

    [Fact]
    public async Task A_full_disk_is_named_and_nothing_is_half_written()
    {
        SqlEpisodicMemory memory = await OpenAsync();
        await memory.AddAsync(Of("kept"));
        await ExecuteAsync("""
            CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
            CREATE TRIGGER fill BEFORE INSERT ON postings EXECUTE FUNCTION fill()
            """);
        Func<Task> add = async () => await memory.AddAsync(Of("lost"));

        (await add.Should().ThrowAsync<StoreException>().WithMessage("*has no room left on its disk: *could not extend file*Nothing was written*"))
            .Which.Fault.Should().Be(StoreFault.Full);
        (await memory.ExportAsync()).Lessons.Should().ContainSingle().Which.Text.Should().Be("kept");

        await ExecuteAsync("DROP TRIGGER fill ON postings");
        (await memory.AddAsync(Of("lost"))).Text.Should().Be("lost");
    }

    [Fact]
    public async Task Whatever_connections_the_server_ends_nothing_is_lost_or_doubled()
    {
        SqlEpisodicMemory memory = await OpenAsync(new PlainSqlOptions { MaxLessonsPerTask = 1_000 });
        using var done = new CancellationTokenSource();
        Task ending = EndConnectionsAsync(done.Token);

        const int Writers = 4, Each = 12;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (int i = 0; i < Each; i++)
            {
                Lesson own = await memory.AddAsync(Of($"lesson {writer} {i}", episode: $"{writer}", trial: i + 1));
                Lesson common = await memory.AddAsync(Of($"common {i}", episode: $"{writer}", trial: i + 1));
                await memory.RecordUseAsync(new($"{writer}", i + 1, [own.Id, common.Id], null));
                await memory.RecordUseAsync(new($"{writer}", i + 1, [own.Id, common.Id], 0.25));
            }
        })));
        await done.CancelAsync();
        await ending;

        MemorySnapshot snapshot = await memory.ExportAsync();
        snapshot.Lessons.Should().HaveCount((Writers * Each) + Each);
        snapshot.Lessons.Should().OnlyContain(lesson =>
            lesson.Text.StartsWith("lesson", StringComparison.Ordinal)
                ? lesson.Credit == new LessonCredit(1, 1, 0.25)
                : lesson.Credit == new LessonCredit(Writers, Writers, Writers * 0.25) && lesson.Provenances.Length == Writers);
        snapshot.Uses.Should().HaveCount(Writers * Each);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_named_without_the_password()
    {
        var settings = new NpgsqlConnectionStringBuilder(TemporarySchemas.ConnectionString) { Host = "127.0.0.1", Port = 1, Password = "hidden" };
        await using var memory = new PostgreSqlEpisodicMemory(settings.ToString(), new() { RetryFor = TimeSpan.FromMilliseconds(30) });
        Func<Task> add = async () => await memory.AddAsync(Of("a"));

        StoreException error = (await add.Should().ThrowAsync<StoreException>().WithMessage("Schema reflexion of PostgreSQL database * at 127.0.0.1 cannot be reached*")).Which;
        error.Fault.Should().Be(StoreFault.Unavailable);
        error.Message.Should().NotContain("hidden");
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("quoted\"")]
    [InlineData("more_than_63_characters_more_than_63_characters_more_than_63_cha")]
    public void A_schema_is_called_by_letters_digits_and_underscores(string schema)
    {
        Action create = () => _ = new PostgreSqlEpisodicMemory(TemporarySchemas.ConnectionString, new() { Schema = schema });

        create.Should().Throw<ArgumentException>().WithMessage("*it takes 1 to 63 letters, digits and underscores*");
    }

    [Fact]
    public async Task A_connection_string_that_says_nothing_is_refused()
    {
        Func<Task> open = async () => await PostgreSqlEpisodicMemory.OpenAsync(" ");
        await open.Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task Memories_in_two_schemas_know_nothing_of_each_other()
    {
        SqlEpisodicMemory one = await OpenAsync();
        await using SqlEpisodicMemory other = await CreateEmptyAsync(new PlainSqlOptions(), new FakeTime());
        await one.AddAsync(Of("a"));

        (await other.RecallAsync(Query())).Should().BeEmpty();
    }

    [Fact]
    public async Task An_agent_is_given_a_memory_by_its_connection_string()
    {
        using var model = new Testing.ScriptedChatClient("Rome", "Answer with the capital of France.", "Paris");
        ReflexionAgent agent = ReflexionAgent.CreateBuilder(model)
            .UseEvaluator(context => context.Trajectory.Answer == "Paris" ? TrajectoryEvaluation.Passed() : TrajectoryEvaluation.Failed("Wrong."))
            .UsePostgreSqlMemory(TemporarySchemas.ConnectionString, new() { Schema = _schema })
            .Build();

        await agent.RunAsync(new AgentTask("t1", "What is the capital of France?"));

        MemorySnapshot snapshot = await (await OpenAsync()).ExportAsync();
        snapshot.Lessons.Should().ContainSingle().Which.Credit.Should().Be(new LessonCredit(1, 1, 1));
    }

    protected override SqlEpisodicMemory CreateMemory(SqlMemoryOptions options, TimeProvider? time) =>
        new PostgreSqlEpisodicMemory(TemporarySchemas.ConnectionString, Options(options, _schema), time);

    protected override ValueTask<SqlEpisodicMemory> CreateEmptyAsync(SqlMemoryOptions options, TimeProvider time) =>
        new(new PostgreSqlEpisodicMemory(TemporarySchemas.ConnectionString, Options(options, _schemas.Next()), time));

    protected override async ValueTask<DbConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(TemporarySchemas.ConnectionString) { SearchPath = _schema }.ToString());
        await connection.OpenAsync();
        return connection;
    }

    protected override async ValueTask<IAsyncDisposable> HoldWriteLockAsync()
    {
        DbConnection connection = await ConnectAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = "BEGIN; SELECT * FROM reflexion_schema FOR UPDATE";
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private static PostgreSqlMemoryOptions Options(SqlMemoryOptions options, string schema) =>
        SqlOptions.Like(options, new PostgreSqlMemoryOptions { Schema = schema, LockTimeout = options.LockTimeout, RetryFor = options.RetryFor });

    // As a server does that shuts down. Only the connections of this test, known by what they last did.
    private async Task EndConnectionsAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await ConnectAsync();
        while (!cancellationToken.IsCancellationRequested)
        {
            await using DbCommand command = connection.CreateCommand();
            command.CommandText = $"SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_class c ON c.oid = relation JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = '{_schema}' AND pid <> pg_backend_pid()";
            await command.ExecuteNonQueryAsync(CancellationToken.None);
            await Task.Delay(TimeSpan.FromMilliseconds(120), CancellationToken.None);
        }
    }
}
