using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Reflexion.Tests;

public class LenientJsonTests
{
    [Theory]
    [InlineData("""{"a": 1, "b": [true, null, -1.5e3], "c": {"d": "x"}}""", """{"a":1,"b":[true,null,-1.5e3],"c":{"d":"x"}}""")]
    [InlineData("Sure, here it is:\n```json\n{\"a\": 1}\n```\nHope it helps!", """{"a":1}""")]
    [InlineData("Of {braces} and { : } first. {\"a\": 1} then", """{"a":1}""")]
    [InlineData("""{"a": 1, "b": [1, 2,],}""", """{"a":1,"b":[1,2]}""")]
    [InlineData("""{'a': 'it''s', 'b': "x"}""", """{"a":"it''s","b":"x"}""")]
    [InlineData("""{'a': 'it's fine'}""", """{"a":"it's fine"}""")]
    [InlineData("{a: 1, b_c: 'x', d-e: 2, $f: 3}", """{"a":1,"b_c":"x","d-e":2,"$f":3}""")]
    [InlineData("{“a”: “x”}", """{"a":"x"}""")]
    [InlineData("""{"a": True, "b": False, "c": None, "d": NaN, "e": -Infinity, "f": undefined}""", """{"a":true,"b":false,"c":null,"d":null,"e":null,"f":null}""")]
    [InlineData("{\"a\": 1, // one\n \"b\": 2 /* two */, # three\n \"c\": 3}", """{"a":1,"b":2,"c":3}""")]
    [InlineData("{\"a\": 1 /* open", """{"a":1}""")]
    [InlineData("{\"a\": \"http://x.y/#z\"}", """{"a":"http://x.y/#z"}""")]
    [InlineData("{a: http://x.y/#z}", """{"a":"http://x.y/#z"}""")]
    [InlineData("{\"a\": \"one\"\n \"b\": 2 \"c\": 3}", """{"a":"one","b":"2 \"c\": 3"}""")]
    [InlineData("{\"a\": [\"x\"\n\"y\"]}", """{"a":["x","y"]}""")]
    [InlineData("""{"a": "He said "hi" and left", "b": 1}""", """{"a":"He said \"hi\" and left","b":1}""")]
    [InlineData("""{"a": "He said "hi", then left", "b": 1}""", """{"a":"He said \"hi\", then left","b":1}""")]
    [InlineData("""{"a": "so "hi"", b: 1}""", """{"a":"so \"hi\"","b":1}""")]
    [InlineData("""{"a": "x", }""", """{"a":"x"}""")]
    [InlineData("""{"a": "x",, "b": 1}""", """{"a":"x","b":1}""")]
    [InlineData("{\"a\": \"x\", // why\n}", """{"a":"x"}""")]
    [InlineData("{\"a\": \"line\nbreak\"}", """{"a":"line\nbreak"}""")]
    [InlineData("""{"a": "\u0041\n\r\t\b\f\/\'\q\u12"}""", """{"a":"A\n\r\t\b\f/'qu12"}""")]
    [InlineData("""{"a": "\ud83d\ude00 \ud83d \ude00"}""", """{"a":"😀 � �"}""")]
    [InlineData("""{"a": +1, "b": .5, "c": 5., "d": 007, "e": 1e999}""", """{"a":1,"b":0.5,"c":5,"d":7,"e":1e999}""")]
    [InlineData("""{"a": 12345678901234567890123}""", """{"a":12345678901234567890123}""")]
    [InlineData("""{"a": -, "b": -x}""", """{"a":"-","b":"-x"}""")]
    [InlineData("{a: good job, b: yes}", """{"a":"good job","b":"yes"}""")]
    [InlineData("{a:, b:}", """{"a":null,"b":null}""")]
    [InlineData("""{"a": 1, "a": 2}""", """{"a":2}""")]
    [InlineData("{\uFEFF\"a\": 1}", """{"a":1}""")]
    [InlineData("{}", "{}")]
    [InlineData("""[{"a": 1}]""", """{"a":1}""")]
    public void Objects_are_read_as_models_write_them(string text, string expected) => Written(text).Should().Equal(Normal(expected));

    [Theory]
    [InlineData("""{"score": 0.9, "feedback": "It was go""", """{"score":0.9,"feedback":"It was go"}""")]
    [InlineData("""{"feedback": "good", "score": 0.""", """{"feedback":"good"}""")]
    [InlineData("""{"feedback": "good", "score": 1""", """{"feedback":"good"}""")]
    [InlineData("""{"feedback": "good", "success": tru""", """{"feedback":"good"}""")]
    [InlineData("""{"feedback": "good", "success":""", """{"feedback":"good"}""")]
    [InlineData("""{"feedback": "good", "success": """, """{"feedback":"good"}""")]
    [InlineData("""{"feedback": "good", "succ""", """{"feedback":"good"}""")]
    [InlineData("""{"feedback": "good",""", """{"feedback":"good"}""")]
    [InlineData("""{"feedback": "good" """, """{"feedback":"good"}""")]
    [InlineData("""{"feedback": "good\""", """{"feedback":"good"}""")]
    [InlineData("""{"a": ["x", "y", 1""", """{"a":["x","y"]}""")]
    [InlineData("""{"a": {"b": {"c": "d""", """{"a":{"b":{"c":"d"}}}""")]
    [InlineData("""{"a": [""", """{"a":[]}""")]
    [InlineData("{", "{}")]
    [InlineData("```json\n{\"a\": \"x\", \"b\": \n```\nDone.", """{"a":"x"}""")]
    [InlineData("```json\n{\"a\": \"x\"\n```\nDone.", """{"a":"x"}""")]
    public void What_was_cut_off_is_kept_only_where_half_of_it_cannot_mislead(string text, string expected) => Written(text).Should().Equal(Normal(expected));

    [Theory]
    [InlineData("")]
    [InlineData("no object here")]
    [InlineData("{: 1}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{\"a\"} b}")]
    [InlineData("{a]}")]
    [InlineData("""{"a": ]}""")]
    [InlineData("""{"a": [}]}""")]
    [InlineData("""{"a": {]}""")]
    public void What_makes_no_sense_is_passed_over(string text) => LenientJson.ReadObjects(text).Should().BeEmpty();

    [Fact]
    public void Several_objects_are_read_in_order() => Written("""{"a":1} and {"b":{"c":2}} {"d" {"e":3}""").Should().Equal("""{"a":1}""", """{"b":{"c":2}}""", """{"e":3}""");

    [Fact]
    public void Half_a_surrogate_pair_is_replaced() =>
        Written("{a: 1\ud800, b: x\udc00\ud83d\ude00, \"\ud83d\": \"\ude00\"}").Should().Equal(Normal("""{"a":"1\ufffd","b":"x\ufffd\ud83d\ude00","\ufffd":"\ufffd"}"""));

    [Fact]
    public void Depth_is_limited()
    {
        string Nested(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
        Written(Nested(64)).Should().Equal(Nested(64));
        Written("{\"a\":" + Nested(64) + "}").Should().Equal(Nested(64));
        LenientJson.ReadObjects("{a:" + new string('[', 100_000)).Should().BeEmpty();
    }

    [Fact]
    public void A_flood_of_braces_is_given_up_on()
    {
        LenientJson.ReadObjects(new string('{', 199) + "\"a\":1}").Should().ContainSingle();
        LenientJson.ReadObjects(new string('{', 200) + "{\"a\":1}").Should().BeEmpty();
    }

    [Fact]
    public void Nothing_makes_it_throw()
    {
        var pieces = Gen.Elements("{", "}", "[", "]", "\"", "'", ":", ",", "\\", "\\u", "/*", "*/", "//", "#", "```", "\n", " ", "a", "1", "-", ".", "e", "true", "\ud800", "“", "NaN", "\0")
            .ListOf().Select(list => string.Concat(list)).ToArbitrary();
        Prop.ForAll(pieces, text => LenientJson.ReadObjects(text).TrueForAll(value => value.ToJsonString().Length >= 2))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
        Prop.ForAll<NonNull<string>>(text => LenientJson.ReadObjects("{" + text.Get).TrueForAll(value => value.ToJsonString().Length >= 2)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Valid_json_keeps_its_meaning()
    {
        Arbitrary<JsonObject> objects = Gen.Resize(Objects(3), 6).ToArbitrary();
        Prop.ForAll(objects, value =>
        {
            string compact = value.ToJsonString();
            string indented = value.ToJsonString(new() { WriteIndented = true });
            return JsonNode.DeepEquals(LenientJson.ReadObjects(compact).Single(), value)
                && JsonNode.DeepEquals(LenientJson.ReadObjects($"Well: {indented}\nthat is all").Single(), value);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Whatever_is_cut_from_valid_json_leaves_only_what_was_there()
    {
        Prop.ForAll(Gen.Resize(Objects(2), 8).ToArbitrary(), Gen.Choose(0, 100).ToArbitrary(), (value, percent) =>
        {
            string json = value.ToJsonString();
            JsonObject? read = LenientJson.ReadObjects(json[..Math.Max(1, json.Length * percent / 100)]).SingleOrDefault();
            return read is not null && read.All(pair => value.ContainsKey(pair.Key) && (pair.Value is null || pair.Value.GetValueKind() == value[pair.Key]!.GetValueKind()));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static Gen<JsonObject> Objects(int depth) =>
        from keys in Texts().ListOf()
        from values in Values(depth).ListOf(keys.Distinct().Count())
        select new JsonObject(keys.Distinct().Zip(values.Select(value => value?.DeepClone()), KeyValuePair.Create));

    private static Gen<JsonNode?> Values(int depth)
    {
        Gen<JsonNode?> leaf = Gen.OneOf(
            Texts().Select(text => (JsonNode?)JsonValue.Create(text)),
            Gen.Choose(-1000, 1000).Select(number => (JsonNode?)JsonValue.Create(number / 8.0)),
            Gen.Elements(true, false).Select(flag => (JsonNode?)JsonValue.Create(flag)),
            Gen.Constant<JsonNode?>(null));
        return depth == 0 ? leaf : Gen.OneOf(
            leaf,
            Objects(depth - 1).Select(value => (JsonNode?)value),
            Values(depth - 1).ListOf().Select(list => (JsonNode?)new JsonArray([.. list.Select(item => item?.DeepClone())])));
    }

    private static Gen<string> Texts() => Gen
        .Elements("a", "\"", "'", ",", ":", "{", "}", "[", "]", "\\", "/", "//", "/*", "#", "```", "\n", " ", "“", "”", "é", "😀", "true", "1")
        .ListOf().Select(list => string.Concat(list));

    private static IEnumerable<string> Written(string text) => LenientJson.ReadObjects(text).Select(value => value.ToJsonString());

    private static string Normal(string json) => JsonNode.Parse(json)!.ToJsonString();
}
