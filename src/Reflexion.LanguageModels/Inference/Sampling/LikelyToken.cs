namespace Reflexion.LanguageModels;

/// <summary>A token that may be drawn; the likelier comes first, and among equals the lower id.</summary>
internal readonly record struct LikelyToken(int Id, float Weight) : IComparable<LikelyToken>
{
    public int CompareTo(LikelyToken other)
    {
        int order = other.Weight.CompareTo(Weight);
        return order != 0 ? order : Id.CompareTo(other.Id);
    }
}
