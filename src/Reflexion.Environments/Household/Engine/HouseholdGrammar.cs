namespace Reflexion.Environments;

/// <summary>How commands are written. ALFWorld changed it between its versions.</summary>
public enum HouseholdGrammar
{
    /// <summary>
    /// <c>put mug 1 in/on shelf 2</c>, and no <c>help</c>: that of the games <c>json_2.1.1</c>, which the papers used.
    /// </summary>
    PutInOrOn,

    /// <summary><c>move mug 1 to shelf 2</c>, and <c>help</c>: that of alfworld 0.4.0 and later.</summary>
    MoveTo,
}
