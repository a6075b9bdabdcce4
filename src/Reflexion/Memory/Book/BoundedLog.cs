using System.Diagnostics.CodeAnalysis;

namespace Reflexion;

/// <summary>Items in order, found by key, the oldest of which can be dropped. Not thread-safe.</summary>
internal sealed class BoundedLog<TKey, TItem>
    where TKey : notnull
{
    private readonly Dictionary<TKey, TItem> _items = [];
    private readonly Queue<TKey> _order = new();

    /// <summary>How many items there are.</summary>
    public int Count => _order.Count;

    /// <summary>How many were ever dropped; above zero, what is not here may have been here.</summary>
    public int Dropped { get; private set; }

    /// <summary>The items, oldest first.</summary>
    public IEnumerable<TItem> Items => _order.Select(key => _items[key]);

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TItem item) => _items.TryGetValue(key, out item);

    public bool Contains(TKey key) => _items.ContainsKey(key);

    /// <summary>Adds an item at the end, or puts it in the place of the one with its key.</summary>
    public void Put(TKey key, TItem item)
    {
        if (!_items.ContainsKey(key))
        {
            _order.Enqueue(key);
        }

        _items[key] = item;
    }

    /// <summary>Drops the oldest items. More than there are may be named: those were dropped before.</summary>
    public void DropOldest(int count)
    {
        Dropped += count;
        for (int i = Math.Min(count, _order.Count); i > 0; i--)
        {
            _items.Remove(_order.Dequeue());
        }
    }
}
