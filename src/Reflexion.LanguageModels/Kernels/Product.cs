namespace Reflexion.LanguageModels;

/// <summary>One term A·B of a sum of products: A [m, k] of activations or gradients, B [k, n] of weights or of numbers like A.</summary>
/// <param name="A">The left factor.</param>
/// <param name="B">The right factor.</param>
internal readonly record struct Product<T>(Matrix<T> A, Matrix<T> B)
    where T : unmanaged;
