using System.Collections.Immutable;
using System.Text.Json;

namespace Reflexion.LanguageModels;

/// <summary>Writes <c>tokenizer.json</c>.</summary>
internal static class TokenizerJsonWriter
{
    internal static void Write(Utf8JsonWriter writer, TokenizerSpec spec)
    {
        bool isSentencePiece = spec.Kind == TokenizerKind.SentencePiece;
        writer.WriteStartObject();
        writer.WriteString("version", "1.0");
        writer.WriteNull("truncation");
        writer.WriteNull("padding");
        WriteAddedTokens(writer, spec);
        writer.WritePropertyName("normalizer");
        WriteNormalizer(writer, spec, isSentencePiece);
        writer.WritePropertyName("pre_tokenizer");
        WritePreTokenizer(writer, spec, isSentencePiece);
        writer.WritePropertyName("post_processor");
        WritePostProcessor(writer, spec);
        writer.WritePropertyName("decoder");
        WriteDecoder(writer, spec, isSentencePiece);
        WriteModel(writer, spec, isSentencePiece);
        writer.WriteEndObject();
    }

    private static void WriteAddedTokens(Utf8JsonWriter writer, TokenizerSpec spec)
    {
        writer.WriteStartArray("added_tokens");
        for (int id = 0; id < spec.Tokens.Length; id++)
        {
            if (spec.TokenTypes[id] is TokenType.Control or TokenType.UserDefined or TokenType.Unknown)
            {
                writer.WriteStartObject();
                writer.WriteNumber("id", id);
                writer.WriteString("content", spec.Tokens[id]);
                writer.WriteBoolean("single_word", false);
                writer.WriteBoolean("lstrip", false);
                writer.WriteBoolean("rstrip", false);
                writer.WriteBoolean("normalized", false);
                writer.WriteBoolean("special", spec.TokenTypes[id] != TokenType.UserDefined);
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteNormalizer(Utf8JsonWriter writer, TokenizerSpec spec, bool isSentencePiece)
    {
        if (!isSentencePiece)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteRawValue(spec.AddSpacePrefix == true
            ? """{"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"▁"},{"type":"Replace","pattern":{"String":" "},"content":"▁"}]}"""
            : """{"type":"Replace","pattern":{"String":" "},"content":"▁"}""");
    }

    private static void WritePreTokenizer(Utf8JsonWriter writer, TokenizerSpec spec, bool isSentencePiece)
    {
        if (isSentencePiece)
        {
            writer.WriteNullValue();
            return;
        }

        PreTokenizerJson.Write(writer, spec.PreTokenizer);
    }

    private static void WritePostProcessor(Utf8JsonWriter writer, TokenizerSpec spec)
    {
        if (spec is { AddBos: true, BosId: { } bos })
        {
            PostProcessor.Write(writer, spec.Tokens[bos], bos);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static void WriteDecoder(Utf8JsonWriter writer, TokenizerSpec spec, bool isSentencePiece)
    {
        string strip = spec.AddSpacePrefix == true ? """,{"type":"Strip","content":" ","start":1,"stop":0}""" : "";
        writer.WriteRawValue(isSentencePiece
            ? $$"""{"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"▁"},"content":" "},{"type":"ByteFallback"},{"type":"Fuse"}{{strip}}]}"""
            : """{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true}""");
    }

    private static void WriteModel(Utf8JsonWriter writer, TokenizerSpec spec, bool isSentencePiece)
    {
        writer.WriteStartObject("model");
        writer.WriteString("type", "BPE");
        writer.WriteNull("dropout");
        writer.WriteString("unk_token", isSentencePiece && spec.UnknownId is { } unknown ? spec.Tokens[unknown] : null);
        writer.WriteNull("continuing_subword_prefix");
        writer.WriteNull("end_of_word_suffix");
        writer.WriteBoolean("fuse_unk", isSentencePiece);
        writer.WriteBoolean("byte_fallback", isSentencePiece);
        writer.WriteBoolean("ignore_merges", spec.IgnoreMerges == true);
        writer.WriteStartObject("vocab");
        for (int id = 0; id < spec.Tokens.Length; id++)
        {
            if (spec.TokenTypes[id] != TokenType.Unused)
            {
                writer.WriteNumber(spec.Tokens[id], id);
            }
        }

        writer.WriteEndObject();
        writer.WriteStartArray("merges");
        ImmutableArray<string> merges = spec.Scores.IsEmpty ? spec.Merges : MergeTables.MergesOfScores(spec);
        foreach (string merge in merges)
        {
            writer.WriteStringValue(merge);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
