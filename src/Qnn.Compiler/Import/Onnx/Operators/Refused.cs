namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Operators of ONNX Runtime that have no place in a compiled model, with what to do instead.</summary>
internal static class Refused
{
    /// <summary>Random numbers have no answer that could be the framework's.</summary>
    [OnnxOperator("RandomNormal")]
    [OnnxOperator("RandomNormalLike")]
    [OnnxOperator("RandomUniform")]
    [OnnxOperator("RandomUniformLike")]
    [OnnxOperator("Bernoulli")]
    [OnnxOperator("Multinomial")]
    public static void Random(OnnxNode node) => throw node.Unsupported("its numbers are random. Make them an input of the model");

    /// <summary>Text is no tensor here.</summary>
    [OnnxOperator("StringConcat")]
    [OnnxOperator("StringNormalizer")]
    [OnnxOperator("StringSplit")]
    [OnnxOperator("RegexFullMatch")]
    [OnnxOperator("Tokenizer", OnnxOperatorAttribute.Microsoft)]
    public static void Text(OnnxNode node) => throw node.Unsupported("it works on text. Cut the model behind it, and give it numbers");

    /// <summary>Loops around a decoder, which is a graph inside them.</summary>
    [OnnxOperator("BeamSearch", OnnxOperatorAttribute.Microsoft)]
    [OnnxOperator("GreedySearch", OnnxOperatorAttribute.Microsoft)]
    [OnnxOperator("Sampling", OnnxOperatorAttribute.Microsoft)]
    [OnnxOperator("WhisperBeamSearch", OnnxOperatorAttribute.Microsoft)]
    public static void Generation(OnnxNode node) => throw node.Unsupported("it makes texts of a length that is known at run time. Export the decoder alone, and choose its tokens in the program");
}
