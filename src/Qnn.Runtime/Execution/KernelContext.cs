namespace Qnn.Runtime.Execution;

/// <summary>One session's memory, as kernels see it.</summary>
internal readonly unsafe struct KernelContext(byte** tensors)
{
    private readonly byte** _tensors = tensors;

    /// <summary>The first byte of a tensor. Arena tensors are 64-byte aligned, constants are not aligned.</summary>
    public byte* this[TensorInfo tensor] => _tensors[tensor.Index];

    /// <summary>A tensor's elements.</summary>
    public T* Pointer<T>(TensorInfo tensor) where T : unmanaged => (T*)_tensors[tensor.Index];

    /// <summary>A tensor's elements, as a span.</summary>
    public Span<T> Span<T>(TensorInfo tensor) where T : unmanaged => new(_tensors[tensor.Index], tensor.Count);
}
