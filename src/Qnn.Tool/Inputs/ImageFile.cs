using Qnn.Compiler.Diagnostics;
using Qnn.Runtime;
using Qnn.Tool.Output;
using StbImageSharp;

namespace Qnn.Tool.Inputs;

/// <summary>Reads a picture (PPM, PGM, BMP, PNG, JPEG) into a model's image input.</summary>
internal static class ImageFile
{
    private const long MaxFileBytes = 1 << 30;

    /// <summary>Converts a picture as the model's metadata say, or as plain stretched RGB where it has none.</summary>
    public static void Load(string path, InferenceSession session)
    {
        var model = session.Model;
        if (model.Inputs.Count != 1) throw ErrorReport.Option($"--image is for models with one input; this one has {model.Inputs.Count}. Use --input.");
        var description = model.ImageInputs.Count > 0 ? model.ImageInputs[0] : new ImageInputDescription(0, [], [], (byte)ColorOrder.Rgb, (byte)ResizeMode.Stretch);
        ImagePreprocessor preprocessor;
        try
        {
            preprocessor = ImagePreprocessor.For(model.Inputs[0], description);
        }
        catch (ArgumentException fault)
        {
            throw ErrorReport.Option($"--image cannot be used: {fault.Message}");
        }
        var image = Decode(path);
        preprocessor.Convert(new ImageView(image.Pixels, image.Width, image.Height, image.Color ? PixelFormat.Rgb24 : PixelFormat.Gray8), session.Input(0));
    }

    private static DecodedImage Decode(string path)
    {
        byte[] file;
        try
        {
            if (new FileInfo(path).Length > MaxFileBytes) throw Unreadable(path, "it is too large");
            file = File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(Diagnostic.Error(DiagnosticCodes.FileNotFound, $"The image cannot be read: {fault.Message}", path));
        }
        try
        {
            return PortableAnymap.Matches(file) ? new PortableAnymap(file).Read() : DecodeByStb(file);
        }
#pragma warning disable CA1031 // The decoder throws exceptions of many types on damaged files.
        catch (Exception fault) when (fault is not (OutOfMemoryException or ModelException))
#pragma warning restore CA1031
        {
            throw Unreadable(path, fault.Message);
        }
    }

    private static DecodedImage DecodeByStb(byte[] file)
    {
        using var stream = new MemoryStream(file);
        var info = ImageInfo.FromStream(stream) ?? throw new InvalidDataException("it is none of PPM, PGM, BMP, PNG and JPEG");
        DecodedImage.CheckSize(info.Width, info.Height);
        var image = ImageResult.FromMemory(file, ColorComponents.RedGreenBlue);
        return new DecodedImage(image.Data, image.Width, image.Height, Color: true);
    }

    private static ModelException Unreadable(string path, string why) =>
        new(Diagnostic.Error(DiagnosticCodes.InputMismatch, $"The image cannot be decoded: {why}.", path));
}
