//! The facets of an event, read from its text.
use std::fmt::Write;

use expect_test::{Expect, expect};
use lineage::facts::{Of, Value, facets};

use super::samples::{AIRFLOW, MARQUEZ, SPARK};

/// Facets as text; of long lists the first two rows.
fn check(event: &str, expected: Expect) {
    let mut said = String::new();
    for facet in facets(event, 2) {
        let of = match facet.of {
            Of::Run => "run".to_owned(),
            Of::Job => "job".to_owned(),
            Of::Input(_, name) => format!("input {name}"),
            Of::Output(_, name) => format!("output {name}"),
            Of::Dataset(_, name) => format!("dataset {name}"),
        };
        let _ = writeln!(said, "{of}: {}", facet.section.title);
        for row in facet.section.rows {
            let value = match row.value {
                Value::Text(text) | Value::Id(text) => text,
                Value::Count(n) => n.to_string(),
                _ => String::new(),
            };
            let note = if row.note.is_empty() { String::new() } else { format!(" ({})", row.note) };
            let _ = writeln!(said, "    {}: {value}{note}", row.label);
        }
        if facet.section.n_more > 0 {
            let _ = writeln!(said, "    {} more", facet.section.n_more);
        }
        if let Some(code) = facet.code {
            let _ = writeln!(said, "    | {}", code.lines().next().unwrap_or_default());
        }
    }
    expected.assert_eq(&said);
}

#[test]
fn spark_tells_rows_columns_and_the_engine() {
    check(
        SPARK.lines().nth(3).unwrap(),
        expect![[r#"
        run: Processing engine
            Engine: spark
            Version: 3.4.3
            1 more
        run: Part of
            Parent: 01908224-8410-79a2-8de6-a769ad6944c9 (local://some.host.name spark_session)
        run: Other facets
            environment-properties: 
            spark_properties: 
        job: Job type
            Processing: BATCH
            Integration: SPARK
            1 more
        input /user/hive/warehouse/mydatabase.db/source_table: Also known as
            TABLE: mydatabase.source_table (hive://test-hadoop:9083)
        input /user/hive/warehouse/mydatabase.db/source_table: Schema
            dt: timestamp (Business date)
            customer_id: decimal(20,0)
            1 more
        input /user/hive/warehouse/mydatabase.db/source_table: Data source
            Name: hdfs://test-hadoop:9820
            Address: hdfs://test-hadoop:9820
        output mydb.myschema.mytable: Change
            Change: OVERWRITE
        output mydb.myschema.mytable: Schema
            dt: timestamp
            customer_id: decimal(20,0)
            1 more
        output mydb.myschema.mytable: Column lineage
            customer_id: hdfs://test-hadoop:9820 /user/hive/warehouse/mydatabase.db/source_table · customer_id (direct identity)
            dt: hdfs://test-hadoop:9820 /user/hive/warehouse/mydatabase.db/source_table · dt (direct identity)
            1 more
        output mydb.myschema.mytable: Data source
            Name: clickhouse://localhost:8123
            Address: clickhouse://localhost:8123
        output mydb.myschema.mytable: Statistics
            Rows: 10000
            Bytes: 5000000
    "#]],
    );
}

#[test]
fn marquez_tells_queries_documentation_and_assertions() {
    let events: Vec<serde_json::Value> = serde_json::from_str(MARQUEZ).unwrap();
    check(
        &events[18].to_string(),
        expect![[r#"
        run: Nominal time
            From: 2020-02-22T22:00:00.000Z
            To: 2020-02-22T22:00:00.000Z
        job: Documentation
            Description: Loads new deliveries for the week.
        job: SQL
            | INSERT INTO delivery_7_days (order_id, order_placed_on, order_dispatched_on, order_delivered_on, customer_email,
        output public.delivery_7_days: Documentation
            Description: A table for weekly deliveries.
        output public.delivery_7_days: Schema
            order_id: INTEGER (The ID of the order.)
            order_placed_on: TIMESTAMP (An ISO-8601 timestamp representing the date/time the order was placed.)
            12 more
        output public.delivery_7_days: Column lineage
            category_id: food_delivery public.menu_item_id · category_id
            customer_address: food_delivery public.customers · address
            14 more
        output public.delivery_7_days: Quality assertions
            not_null: failed (driver_id)
            is_string: passed (customer_address)
        output public.delivery_7_days: Data source
            Name: food_delivery_db
            Address: postgres://food_delivery:food_delivery@postgres:5432/food_delivery
    "#]],
    );
}

#[test]
fn airflow_tells_owners_and_sources() {
    check(
        AIRFLOW.lines().nth(9).unwrap(),
        expect![[r#"
        run: Nominal time
            From: 2024-11-26T13:06:08.846147+00:00
            To: 2024-11-26T13:06:08.846147+00:00
        run: Processing engine
            Engine: Airflow
            Version: 3.0.0.dev0
            1 more
        run: Part of
            Parent: 01936894-494e-7b5c-938a-7b0fcc5f8eb9 (airflow dag)
        run: Other facets
            airflow: 
            unknownSourceAttribute: 
        job: Owners
            Owner: ***
        job: Job type
            Processing: BATCH
            Integration: AIRFLOW
            1 more
        job: Source
            Language: bash
            | exit 0;
    "#]],
    );
}

#[test]
fn an_error_is_told_with_its_trace() {
    check(
        r#"{"run":{"facets":{"errorMessage":{"message":"no such table","programmingLanguage":"JAVA",
            "stackTrace":"at a\nat b"}}},"inputs":[{"namespace":"d","name":"x","inputFacets":
            {"dataQualityMetrics":{"rowCount":7,"columnMetrics":{"a":{"nullCount":1}}},"mine":3}}]}"#,
        expect![[r#"
            run: Error
                Message: no such table
                Language: JAVA
                | at a
            input x: Quality metrics
                Rows: 7
                a · nulls: 1
            input x: Other facets
                mine: 
        "#]],
    );
}

#[test]
fn what_is_no_event_has_no_facets() {
    for text in ["", "7", "[]", "{", "{\"run\":7,\"job\":{\"facets\":[]},\"inputs\":{}}"] {
        assert_eq!(facets(text, 9), []);
    }
}
