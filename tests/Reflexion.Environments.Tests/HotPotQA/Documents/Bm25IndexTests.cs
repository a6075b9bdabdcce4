using FsCheck;
using FsCheck.Fluent;
using Reflexion.Environments;

namespace Reflexion.Tests;

public sealed class Bm25IndexTests
{
    [Fact]
    public void Scores_are_those_of_the_formula_worked_out_by_hand()
    {
        var index = new Bm25Index([["red", "boat", "red"], ["blue", "boat"], ["green", "house", "on", "hill"]]);

        (int Document, double Score)[] ranked = [.. index.Rank(["red", "boat"])];

        // N = 3, mean length 3. "red": n = 1, ln(1 + 2.5/1.5) = 0.980829; "boat": n = 2, ln(1 + 1.5/2.5) = 0.470004.
        // Document 0, length 3: red twice 0.980829·2·2.2/3.2 = 1.348640, boat once 0.470004·2.2/2.2 = 0.470004.
        // Document 1, length 2: K = 1.2·(0.25 + 0.75·2/3) = 0.9, boat 0.470004·2.2/1.9 = 0.544215.
        ranked.Select(hit => hit.Document).Should().Equal(0, 1);
        ranked[0].Score.Should().BeApproximately(1.818644, 1e-5);
        ranked[1].Score.Should().BeApproximately(0.544215, 1e-5);
    }

    [Fact]
    public void A_word_repeated_in_the_query_counts_once()
    {
        var index = new Bm25Index([["red"], ["blue"]]);

        index.Rank(["red", "red"]).Should().Equal(index.Rank(["red"]));
    }

    [Fact]
    public void Equal_documents_keep_their_order() =>
        new Bm25Index([["b"], ["a"], ["b"], ["a"]]).Rank(["a"]).Select(hit => hit.Document).Should().Equal(1, 3);

    [Fact]
    public void Nothing_is_found_where_nothing_is_shared_or_indexed()
    {
        new Bm25Index([["a"]]).Rank(["b"]).Should().BeEmpty();
        new Bm25Index([["a"]]).Rank([]).Should().BeEmpty();
        new Bm25Index([]).Rank(["a"]).Should().BeEmpty();
    }

    [Fact]
    public void Any_ranking_equals_one_worked_out_document_by_document() => Prop.ForAll(Collections(), given =>
    {
        (string[][] documents, string[] query) = given;
        (int Document, double Score)[] ranked = [.. new Bm25Index(documents).Rank(query)];
        double[] expected = [.. documents.Select(document => query.Distinct().Sum(word => Term(documents, document, word)))];
        int[] order = [.. Enumerable.Range(0, documents.Length).Where(at => documents[at].Intersect(query).Any())];

        ranked.Select(hit => hit.Document).Should().BeEquivalentTo(order);
        ranked.Select(hit => hit.Score).Should().BeInDescendingOrder();
        return ranked.All(hit => Math.Abs(hit.Score - expected[hit.Document]) < 1e-9);
    }).QuickCheckThrowOnFailure();

    private static double Term(string[][] documents, string[] document, string word)
    {
        double n = documents.Count(other => other.Contains(word));
        double f = document.Count(other => other == word);
        double mean = documents.Average(other => (double)other.Length);
        return f == 0 ? 0 : Math.Log(1 + ((documents.Length - n + 0.5) / (n + 0.5))) * f * 2.2 / (f + (1.2 * (0.25 + (0.75 * document.Length / mean))));
    }

    private static Arbitrary<(string[][] Documents, string[] Query)> Collections()
    {
        Gen<string> word = Gen.Elements("a", "b", "c", "d", "e");
        Gen<string[]> document = word.ArrayOf().Where(words => words.Length < 12);
        return (from documents in document.ArrayOf().Where(all => all.Length is > 0 and < 10)
                from query in document
                select (documents, query)).ToArbitrary();
    }
}
