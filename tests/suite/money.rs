//! Amounts of money in facts: written with their currency, shown as each language writes them.

use serde_json::{Value, json};

use crate::project::Project;

/// A project whose agreement has a budget.
fn with_budget(written: &str) -> Project {
    let project = Project::minimal();
    let field = "  budget: {kind: money, min: 1, label: {en: Budget, fr: Budget}}\n  binding:";
    project.change("content/types/agreement.yaml", "  binding:", field);
    let facts = format!("signed_on: 2015-06-30\nbudget: {written}");
    project.change("content/agreements/exchange-of-service.yaml", "signed_on: 2015-06-30", &facts);
    project
}

#[test]
fn each_language_writes_an_amount_its_own_way_however_it_was_typed() {
    for (written, en, fr) in [
        ("250000 CAD", "$250,000", "250\u{a0}000\u{a0}$"),
        ("250 000 $", "$250,000", "250\u{a0}000\u{a0}$"),
        ("$1,234.5", "$1,234.50", "1\u{a0}234,50\u{a0}$"),
        ("1 200,50 $ US", "US$1,200.50", "1\u{a0}200,50\u{a0}$\u{a0}US"),
        ("{about: 5000 EUR}", "about €5,000", "environ 5\u{a0}000\u{a0}€"),
        ("{from: 1000 CAD, to: 2000 CAD}", "$1,000 to $2,000", "de 1\u{a0}000 à 2\u{a0}000\u{a0}$"),
    ] {
        let site = with_budget(written).build();
        for (path, shown) in
            [("en/agreements/exchange-of-service/index.html", en), ("fr/ententes/echange-de-services/index.html", fr)]
        {
            let page = site.text(path).replace("&nbsp;", "\u{a0}");
            assert!(page.contains(shown), "{written}: {path} lacks {shown}");
        }
    }
}

#[test]
fn open_data_keeps_the_number_and_the_currency() {
    let of = |written: &str| -> Value {
        let site = with_budget(written).build();
        let record: Value = serde_json::from_str(site.text("data/agreements/exchange-of-service.json")).unwrap();
        record["fields"]["budget"].clone()
    };
    assert_eq!(of("$250,000"), json!({"amount": 250_000, "currency": "CAD"}));
    assert_eq!(of("{more_than: 12.5 USD}"), json!({"more_than": 12.5, "currency": "USD"}));
}

#[test]
fn an_amount_that_could_be_another_one_is_a_mistake_that_shows_how_to_write_it() {
    for written in ["250000", "1.500 EUR", "2.5 million CAD", "12 XYZ", "{from: 1 CAD, to: 2 USD}", "5 M$"] {
        let run = with_budget(written).run(&["check"]);
        assert!(run.stderr.contains("an amount of money with its currency"), "{written}: {}", run.stderr);
        assert!(run.stderr.contains("250000 CAD"), "{written}: {}", run.stderr);
    }
    let run = with_budget("0.50 CAD").run(&["check"]);
    assert!(run.stderr.contains("out-of-bounds") || run.stderr.contains("this number"), "{}", run.stderr);
}
