using System.Globalization;
using System.Security.Cryptography;

namespace Qnn.Tasks;

/// <summary>
/// What tells a file from another that takes its place. MSBuild sees newer files only; a copy may keep an older time, or, of archives without times, the same.
/// So the length counts, too, and pieces of the contents from the beginning to the end: all of it of small files.
/// </summary>
internal static class FileStamp
{
    private const int Pieces = 64, PieceBytes = 1024;

    /// <summary>Time, length and pieces of a file; nothing of one that cannot be read, which the compilation reports.</summary>
    public static string Of(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var piece = new byte[PieceBytes];
            long rest = Math.Max(0, file.Length - PieceBytes), step = Math.Max(PieceBytes, (rest + Pieces - 2) / (Pieces - 1));
            for (long at = 0; at < file.Length; at = at < rest ? Math.Min(at + step, rest) : file.Length)
            {
                file.Position = at;
                hash.AppendData(piece, 0, file.ReadAtLeast(piece, PieceBytes, throwOnEndOfStream: false));
            }
            return string.Create(CultureInfo.InvariantCulture, $"{File.GetLastWriteTimeUtc(path).Ticks} {file.Length} {Convert.ToHexString(hash.GetHashAndReset(), 0, 8)}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
