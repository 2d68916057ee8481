using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>
/// Resource variables: VAR_HANDLE, READ_VARIABLE, ASSIGN_VARIABLE, and CALL_ONCE, whose subgraph sets what they hold before the first call and after a reset.
/// A variable that nothing has set holds zeros, where TensorFlow Lite refuses to read it.
/// </summary>
internal static class Variables
{
    [TfLiteOperator(BuiltinOperator.VAR_HANDLE)]
    public static void VarHandle(TfLiteNode node)
    {
        var options = node.Options<VarHandleOptions>();
        int handle = node.Resources.Handle(node.Text(options.GetContainerBytes()), node.Text(options.GetSharedNameBytes()));
        node.Bind(0, node.AddConstant("handle", Ir.Tensor.Scalar(handle)));
    }

    [TfLiteOperator(BuiltinOperator.CALL_ONCE)]
    public static void CallOnce(TfLiteNode node)
    {
        bool before = node.Resources.IsInitializing;
        node.Resources.IsInitializing = true;
        try
        {
            node.Call(node.Options<CallOnceOptions>().InitSubgraphIndex, []);
        }
        finally
        {
            node.Resources.IsInitializing = before;
        }
    }

    [TfLiteOperator(BuiltinOperator.READ_VARIABLE)]
    public static void Read(TfLiteNode node)
    {
        var resource = ResourceOf(node);
        if (node.Resources.IsInitializing)
        {
            var initial = resource.Initial ?? throw node.Unsupported($"it reads '{resource.Name}' before anything has set it");
            node.BindAsStated(0, node.AddConstant("value", initial));
            return;
        }
        var stated = node.Output().IrType ?? throw node.Unsupported($"its result has element type {node.Output().Type}");
        node.EmitResult(new ReadVariable(), resource.VariableOf(stated));
    }

    [TfLiteOperator(BuiltinOperator.ASSIGN_VARIABLE)]
    public static void Assign(TfLiteNode node)
    {
        var (resource, data) = (ResourceOf(node), node.Input(1));
        if (node.Resources.IsInitializing)
        {
            if (!data.IsConstant) throw node.Unsupported($"what it first sets '{resource.Name}' to is computed at run time");
            if (resource.Variable is not null) throw node.Unsupported($"it first sets '{resource.Name}' after that was used");
            resource.Initial = data.Constant;
            return;
        }
        node.Emit(new AssignVariable(), data, resource.VariableOf(data.Type));
    }

    private static Resource ResourceOf(TfLiteNode node) =>
        node.Resources.Of(node.ConstantScalar(0, "the variable")) ?? throw node.Malformed("takes what is no variable");
}
