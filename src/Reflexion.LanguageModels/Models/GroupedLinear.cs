using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>The matrices that read one input, with their biases and adapters: yᵢ = x·Wᵢᵀ + bᵢ + scale · drop(x)·Aᵢᵀ·Bᵢᵀ.</summary>
internal sealed unsafe class GroupedLinear<T>(WorkerPool pool) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GrowingBuffer<T> _dropped = new();
    private readonly GrowingBuffer<T> _lowGradient = new();

    /// <summary>Forward.</summary>
    /// <param name="pass">The layer.</param>
    /// <param name="group">The matrices.</param>
    /// <param name="x">[tokens, inputs].</param>
    /// <param name="low">[tokens, targets · rank], saved for the backward pass: scale · drop(x)·Aᵀ. Unused without an adapter.</param>
    /// <param name="outputs">yᵢ [tokens, outputsᵢ].</param>
    /// <param name="accumulate">Whether the products are added to what the outputs hold.</param>
    public void Forward(in LayerPass<T> pass, ProjectionGroup group, Matrix<T> x, Matrix<T> low, ReadOnlySpan<Matrix<T>> outputs, bool accumulate = false)
    {
        LoraGroup<T>? adapter = pass.Adapter(group);
        if (adapter is not null)
        {
            Gemm.Multiply(pool, [new(Dropped(pass, group, x), adapter.A.Transposed)], low);
            Vectors.Scale(pool, pass.Tensors.Adapter!.Scale, low.Pointer, (long)low.Rows * low.Columns);
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            Product<T> product = pass.Weights[group.Members[i]].Forward(x);
            if (adapter?.B(i) is { Rows: > 0 } b)
            {
                Gemm.Multiply(pool, [product, new(adapter.Part(low, i), b.Transposed)], outputs[i], accumulate);
            }
            else
            {
                Gemm.Multiply(pool, [product], outputs[i], accumulate);
            }

            Matrix<T> bias = pass.Weights.Bias(group.Members[i]);
            if (bias.Rows > 0)
            {
                Vectors.AddToRows(pool, bias.Pointer, outputs[i]);
            }
        }
    }

    /// <summary>Backward: adds to the gradients of W, b, A and B, and gives that of x.</summary>
    /// <param name="pass">The layer.</param>
    /// <param name="group">The matrices.</param>
    /// <param name="x">[tokens, inputs], as in the forward pass.</param>
    /// <param name="low">[tokens, targets · rank], as the forward pass left it.</param>
    /// <param name="outputGradients">dyᵢ [tokens, outputsᵢ].</param>
    /// <param name="inputGradient">dx [tokens, inputs], overwritten; the default if nobody wants it.</param>
    public void Backward(in LayerPass<T> pass, ProjectionGroup group, Matrix<T> x, Matrix<T> low, ReadOnlySpan<Matrix<T>> outputGradients, Matrix<T> inputGradient)
    {
        if (pass.WeightGradients is { } gradients)
        {
            for (int i = 0; i < outputGradients.Length; i++)
            {
                AddWeightGradient(gradients, group.Members[i], x, outputGradients[i]);
            }
        }

        Matrix<T> lowGradient = pass.Adapter(group) is { } adapter ? AdapterBackward(pass, group, adapter, x, low, outputGradients) : default;
        if (inputGradient.Rows > 0)
        {
            InputBackward(pass, group, lowGradient, outputGradients, inputGradient);
        }
    }

    public void Dispose()
    {
        _dropped.Dispose();
        _lowGradient.Dispose();
    }

    // dW = dyᵀ·x, db = Σ dy.
    private void AddWeightGradient(LayerTensors<T> gradients, Projection projection, Matrix<T> x, Matrix<T> outputGradient)
    {
        Gemm.Multiply(pool, [new(outputGradient.Transposed, x)], gradients[projection].Values, accumulate: true);
        Matrix<T> bias = gradients.Bias(projection);
        if (bias.Rows > 0)
        {
            Vectors.AddRowsTo(pool, outputGradient, bias.Pointer);
        }
    }

    // dBᵢ = dyᵢᵀ·lowᵢ, dlow = scale · dyᵢ·Bᵢ, dA = dlowᵀ·drop(x). Returns dlow [tokens, targets · rank].
    private Matrix<T> AdapterBackward(
        in LayerPass<T> pass, ProjectionGroup group, LoraGroup<T> adapter, Matrix<T> x, Matrix<T> low, ReadOnlySpan<Matrix<T>> outputGradients)
    {
        Matrix<T> lowGradient = _lowGradient.Take(low.Rows, low.Columns);
        LoraGroup<T>? gradient = pass.AdapterGradient(group);
        for (int i = 0; i < outputGradients.Length; i++)
        {
            Matrix<T> b = adapter.B(i);
            if (b.Rows == 0)
            {
                continue;
            }

            Gemm.Multiply(pool, [new(outputGradients[i], b)], adapter.Part(lowGradient, i));
            if (gradient is not null)
            {
                Gemm.Multiply(pool, [new(outputGradients[i].Transposed, adapter.Part(low, i))], gradient.B(i), accumulate: true);
            }
        }

        Vectors.Scale(pool, pass.Tensors.Adapter!.Scale, lowGradient.Pointer, (long)lowGradient.Rows * lowGradient.Columns);
        if (gradient is not null)
        {
            Gemm.Multiply(pool, [new(lowGradient.Transposed, Dropped(pass, group, x))], gradient.A, accumulate: true);
        }

        return lowGradient;
    }

    // dx = Σ dyᵢ·Wᵢ + drop(dlow·A).
    private void InputBackward(
        in LayerPass<T> pass, ProjectionGroup group, Matrix<T> lowGradient, ReadOnlySpan<Matrix<T>> outputGradients, Matrix<T> inputGradient)
    {
        Span<Product<T>> terms = [default, default, default, default];
        int count = 0;
        for (int i = 0; i < outputGradients.Length; i++)
        {
            terms[count++] = pass.Weights[group.Members[i]].Backward(outputGradients[i]);
        }

        if (lowGradient.Rows > 0)
        {
            Product<T> term = new(lowGradient, pass.Adapter(group)!.A);
            if (pass.Tensors.Dropout.IsOn)
            {
                DroppedBackward(pass, group, term, inputGradient);
                Gemm.Multiply(pool, terms[..count], inputGradient, accumulate: true);
                return;
            }

            terms[count++] = term;
        }

        Gemm.Multiply(pool, terms[..count], inputGradient);
    }

    private void DroppedBackward(in LayerPass<T> pass, ProjectionGroup group, Product<T> term, Matrix<T> inputGradient)
    {
        Gemm.Multiply(pool, [term], inputGradient);
        pass.Tensors.Dropout.Apply(pool, pass.Place(group), inputGradient, inputGradient);
    }

    private Matrix<T> Dropped(in LayerPass<T> pass, ProjectionGroup group, Matrix<T> x)
    {
        if (!pass.Tensors.Dropout.IsOn)
        {
            return x;
        }

        Matrix<T> dropped = _dropped.Take(x.Rows, x.Columns);
        pass.Tensors.Dropout.Apply(pool, pass.Place(group), x, dropped);
        return dropped;
    }
}
