using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>A linear map from the final hidden state to one number: weight [1, width], bias [1, 1]; or the gradients of them.</summary>
internal sealed record ValueHead<T>(Matrix<T> Weight, Matrix<T> Bias)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
