using System.Data.Common;
using Microsoft.Data.Sqlite;
using static Reflexion.Tests.Lessons;

namespace Reflexion.Tests;

public sealed class SqliteDatabaseTests : SqlMemoryConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _files;

    protected override string StoreName => $"sqlite:{FilePath}";

    private string FilePath => _folder.File("memory.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_disk_is_named_and_nothing_is_half_written()
    {
        SqlEpisodicMemory memory = await OpenAsync();
        await memory.AddAsync(Of("kept"));
        await LimitPagesAsync(1);
        Func<Task> add = async () => await memory.AddAsync(Of(string.Join(' ', Enumerable.Range(0, 3_000).Select(i => $"word{i}"))));

        (await add.Should().ThrowAsync<StoreException>().WithMessage("*memory.db has no room left on its disk: *Nothing was written. Make room and repeat the call."))
            .Which.Fault.Should().Be(StoreFault.Full);
        (await memory.ExportAsync()).Lessons.Should().ContainSingle();
        (await memory.RecallAsync(Query("none", breadth: LessonBreadth.Agent) with { Text = "word1" })).Should().BeEmpty();

        await LimitPagesAsync(1_000_000);
        await add.Should().NotThrowAsync();
        (await memory.RecallAsync(Query("none", breadth: LessonBreadth.Agent) with { Text = "word1" })).Should().ContainSingle();
    }

    [Fact]
    public async Task A_file_of_something_else_is_refused_and_left_alone()
    {
        string content = new('x', 5_000);
        await File.WriteAllTextAsync(FilePath, content);
        Func<Task> open = async () => await SqliteEpisodicMemory.OpenAsync(FilePath);

        (await open.Should().ThrowAsync<StoreException>().WithMessage("*memory.db is damaged, or no database*")).Which.Fault.Should().Be(StoreFault.Damaged);
        (await File.ReadAllTextAsync(FilePath)).Should().Be(content);
    }

    [Fact]
    public async Task A_blank_path_and_a_folder_that_is_missing_are_refused()
    {
        Action blank = () => _ = new SqliteEpisodicMemory(" ");
        Func<Task> nowhere = async () => await SqliteEpisodicMemory.OpenAsync(_folder.File("no/such/memory.db"));

        blank.Should().Throw<ArgumentException>();
        (await nowhere.Should().ThrowAsync<StoreException>().WithMessage("*cannot be opened*its folder*")).Which.Fault.Should().Be(StoreFault.Unavailable);
    }

    [Fact]
    public async Task A_disposed_memory_lets_go_of_its_file()
    {
        await using (SqliteEpisodicMemory memory = await SqliteEpisodicMemory.OpenAsync(FilePath))
        {
            memory.Path.Should().Be(FilePath);
            await memory.AddAsync(Of("a"));
        }

        Directory.GetFiles(_folder.Path).Should().Equal(FilePath);
    }

    [Fact]
    public async Task An_agent_is_given_a_memory_by_its_path()
    {
        using var model = new Testing.ScriptedChatClient("Rome", "Answer with the capital of France.", "Paris");
        ReflexionAgent agent = ReflexionAgent.CreateBuilder(model)
            .UseEvaluator(context => context.Trajectory.Answer == "Paris" ? TrajectoryEvaluation.Passed() : TrajectoryEvaluation.Failed("Wrong."))
            .UseSqliteMemory(FilePath, new() { FlushToDisk = false })
            .Build();

        await agent.RunAsync(new AgentTask("t1", "What is the capital of France?"));

        MemorySnapshot snapshot = await (await OpenAsync()).ExportAsync();
        snapshot.Lessons.Should().ContainSingle().Which.Credit.Should().Be(new LessonCredit(1, 1, 1));
        snapshot.Lessons[0].State.Should().Be(LessonState.Probation);
    }

    protected override SqlEpisodicMemory CreateMemory(SqlMemoryOptions options, TimeProvider? time) =>
        new SqliteEpisodicMemory(FilePath, Options(options), time);

    protected override ValueTask<SqlEpisodicMemory> CreateEmptyAsync(SqlMemoryOptions options, TimeProvider time) =>
        new(new SqliteEpisodicMemory(_folder.File($"{++_files}.db"), Options(options), time));

    protected override async ValueTask<DbConnection> ConnectAsync()
    {
        var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    protected override async ValueTask<IAsyncDisposable> HoldWriteLockAsync()
    {
        DbConnection connection = await ConnectAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private static SqliteMemoryOptions Options(SqlMemoryOptions options) =>
        SqlOptions.Like(options, new SqliteMemoryOptions { FlushToDisk = false, LockTimeout = options.LockTimeout, RetryFor = options.RetryFor });

    // A limit belongs to a connection, so it is set on the one that the memory will take from the pool.
    private async Task LimitPagesAsync(int pages)
    {
        var database = new SqliteDatabase(FilePath, TimeSpan.FromSeconds(10), flushToDisk: false);
        await using DbConnection connection = await database.ConnectAsync(CancellationToken.None);
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = $"PRAGMA max_page_count = {pages}";
        await command.ExecuteNonQueryAsync();
    }
}
