namespace Reflexion.LanguageModels;

/// <summary>Name and shape of one tensor of a model; a vector has one row.</summary>
internal readonly record struct TensorSlot(string Name, int Rows, int Columns)
{
    public long Length => (long)Rows * Columns;
}
