using System.Diagnostics.CodeAnalysis;

namespace Reflexion;

/// <summary>Lessons by id, task, agent, tenant, worth and age; every look-up and change takes logarithmic time at most.</summary>
internal sealed class LessonIndex
{
    private readonly Dictionary<string, LessonEntry> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<LessonScope, LinkedList<LessonEntry>> _byTask = [];
    private readonly Dictionary<(string Tenant, string Agent), LinkedList<LessonEntry>> _byAgent = [];
    private readonly Dictionary<string, TenantShelf> _byTenant = new(StringComparer.Ordinal);
    private readonly SortedSet<TenantShelf> _bySize = new(TenantShelf.BySize);
    private readonly SortedSet<LessonEntry> _byAge = new(LessonOrder.ByAge);
    private long _recency;

    public int Count => _byId.Count;

    public IEnumerable<LessonEntry> Entries => _byId.Values;

    /// <summary>The entry that was last learnt longest ago, or null.</summary>
    public LessonEntry? Oldest => _byAge.Min;

    public bool TryGet(string id, [MaybeNullWhen(false)] out LessonEntry entry) => _byId.TryGetValue(id, out entry);

    public void Add(LessonEntry entry)
    {
        LessonScope scope = entry.Lesson.Scope;
        entry.Recency = ++_recency;
        _byId.Add(entry.Lesson.Id, entry);
        ListOf(_byTask, scope).AddLast(entry.OfTask);
        ListOf(_byAgent, (scope.Tenant, scope.Agent)).AddLast(entry.OfAgent);
        TenantShelf shelf = TakeShelf(scope.Tenant);
        shelf.ByRecency.AddLast(entry.OfTenant);
        _bySize.Add(shelf);
        shelf.ByWorth.Add(entry);
        shelf.Words?.Add(entry);
        _byAge.Add(entry);
    }

    public void Remove(LessonEntry entry)
    {
        LessonScope scope = entry.Lesson.Scope;
        _byId.Remove(entry.Lesson.Id);
        Unlist(_byTask, scope, entry.OfTask);
        Unlist(_byAgent, (scope.Tenant, scope.Agent), entry.OfAgent);
        _byAge.Remove(entry);
        TenantShelf shelf = TakeShelf(scope.Tenant);
        shelf.ByWorth.Remove(entry);
        shelf.Words?.Remove(entry);
        shelf.ByRecency.Remove(entry.OfTenant);
        if (shelf.ByRecency.Count > 0)
        {
            _bySize.Add(shelf);
        }
        else
        {
            _byTenant.Remove(scope.Tenant);
        }
    }

    /// <summary>Puts a lesson whose credit or state has changed in the place of the old one.</summary>
    public void Change(LessonEntry entry, Lesson lesson)
    {
        TenantShelf shelf = _byTenant[lesson.Scope.Tenant];
        bool wasRetired = entry.Lesson.State == LessonState.Retired;
        shelf.ByWorth.Remove(entry);
        entry.Lesson = lesson;
        shelf.ByWorth.Add(entry);
        if (!wasRetired && lesson.State == LessonState.Retired)
        {
            shelf.Words?.Remove(entry);
        }
    }

    /// <summary>Puts a lesson that was learnt again in the place of the old one, as the most recent of all.</summary>
    public void Refresh(LessonEntry entry, Lesson lesson)
    {
        TenantShelf shelf = TakeShelf(lesson.Scope.Tenant);
        shelf.ByWorth.Remove(entry);
        shelf.Words?.Remove(entry);
        _byAge.Remove(entry);
        entry.Lesson = lesson;
        entry.Recency = ++_recency;
        MoveToEnd(entry.OfTask);
        MoveToEnd(entry.OfAgent);
        MoveToEnd(entry.OfTenant);
        _byAge.Add(entry);
        shelf.ByWorth.Add(entry);
        shelf.Words?.Add(entry);
        _bySize.Add(shelf);
    }

    /// <summary>The lessons in scope, least recently learnt first, or null for none.</summary>
    public LinkedList<LessonEntry>? Find(LessonScope scope, LessonBreadth breadth) => breadth switch
    {
        LessonBreadth.Task => _byTask.GetValueOrDefault(scope),
        LessonBreadth.Agent => _byAgent.GetValueOrDefault((scope.Tenant, scope.Agent)),
        _ => _byTenant.GetValueOrDefault(scope.Tenant)?.ByRecency,
    };

    /// <summary>The words of a tenant's lessons that can be recalled, or null where it has no lessons.</summary>
    public WordIndex? WordsOf(string tenant) => _byTenant.TryGetValue(tenant, out TenantShelf? shelf)
        ? shelf.Words ??= new(shelf.ByRecency)
        : null;

    /// <summary>The next lesson to give way when the memory is full: of the tenant that holds most, and not the spared one.</summary>
    public LessonEntry? NextToGo(LessonEntry? spared) =>
        _bySize.SelectMany(shelf => shelf.ByWorth).FirstOrDefault(entry => entry != spared);

    private static LinkedList<LessonEntry> ListOf<TKey>(Dictionary<TKey, LinkedList<LessonEntry>> lists, TKey key)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out LinkedList<LessonEntry>? list))
        {
            lists[key] = list = new();
        }

        return list;
    }

    private static void Unlist<TKey>(Dictionary<TKey, LinkedList<LessonEntry>> lists, TKey key, LinkedListNode<LessonEntry> node)
        where TKey : notnull
    {
        LinkedList<LessonEntry> list = lists[key];
        list.Remove(node);
        if (list.Count == 0)
        {
            lists.Remove(key);
        }
    }

    private static void MoveToEnd(LinkedListNode<LessonEntry> node)
    {
        LinkedList<LessonEntry> list = node.List!;
        list.Remove(node);
        list.AddLast(node);
    }

    // A shelf is out of the order of sizes while it changes.
    private TenantShelf TakeShelf(string tenant)
    {
        if (_byTenant.TryGetValue(tenant, out TenantShelf? shelf))
        {
            _bySize.Remove(shelf);
            return shelf;
        }

        return _byTenant[tenant] = new();
    }
}
