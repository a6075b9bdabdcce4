namespace Reflexion.Environments;

/// <summary>ALFWorld's six kinds of task, in the order of its task type numbers.</summary>
public enum HouseholdTaskKind
{
    /// <summary>An object of a type lies in a receptacle of a type (<c>pick_and_place_simple</c>).</summary>
    PickAndPlace,

    /// <summary>The agent holds an object where a lamp is switched on (<c>look_at_obj_in_light</c>).</summary>
    LookInLight,

    /// <summary>The same as <see cref="PickAndPlace"/>, and the object is clean (<c>pick_clean_then_place_in_recep</c>).</summary>
    CleanAndPlace,

    /// <summary>The same as <see cref="PickAndPlace"/>, and the object is hot (<c>pick_heat_then_place_in_recep</c>).</summary>
    HeatAndPlace,

    /// <summary>The same as <see cref="PickAndPlace"/>, and the object is cool (<c>pick_cool_then_place_in_recep</c>).</summary>
    CoolAndPlace,

    /// <summary>Two objects of a type lie in the same receptacle (<c>pick_two_obj_and_place</c>).</summary>
    PickTwoAndPlace,
}
