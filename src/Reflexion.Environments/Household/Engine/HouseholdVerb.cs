namespace Reflexion.Environments;

/// <summary>What the agent can do, in the order of the words in both grammars; commands sort by it.</summary>
internal enum HouseholdVerb : byte
{
    Clean,
    Close,
    Cool,
    ExamineReceptacle,
    ExamineObject,
    GoTo,
    Heat,
    Help,
    Inventory,
    Look,
    Move,
    Open,
    Put,
    Slice,
    Take,
    Use,
}
