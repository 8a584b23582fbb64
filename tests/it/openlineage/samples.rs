//! Real logs. Every answer was worked out by hand: from who reads and writes what in the text, and
//! when each run began and ended.
use expect_test::{Expect, expect};
use lineage::events::Id;
use proptest::prelude::*;
use serde_json::Value;

use super::read;
use super::tell::{tell, tell_history};
use crate::random_logs::cases;

pub const AIRFLOW: &str = include_str!("../../logs/openlineage/airflow.ndjson");
pub const MARQUEZ: &str = include_str!("../../logs/openlineage/marquez-seed.json");
pub const PRODUCERS: &str = include_str!("../../logs/openlineage/producers.ndjson");
pub const SPARK: &str = include_str!("../../logs/openlineage/spark.jsonl");

fn check(file: &str, expected: Expect) {
    expected.assert_eq(&tell(file.as_bytes()));
}

#[test]
fn airflow_has_three_requests_and_their_tasks() {
    check(
        AIRFLOW,
        expect![[r#"
        airflow/BQ successful about 1732626323, 4 runs: gs://mock-bucket/result.csv
        airflow/dag successful about 1732626368, 2 runs: 
        airflow/gcs_hook successful about 1732626635, 10 runs: file/files/temp/downloaded_file.txt gs://mock-bucket/compose_result.txt
        - airflow/BQ succeeded, no data
        - airflow/BQ.upload succeeded, of airflow/BQ
            wrote bigquery/mock-project.test.upload live current
            bigquery/mock-project.test.upload <- gs://mock-bucket/copied.csv (external) gs://mock-bucket/test.csv (external) by columns
        - airflow/BQ.copy succeeded, of airflow/BQ
            wrote bigquery/mock-project.test.upload_cp live current
            bigquery/mock-project.test.upload_cp <- bigquery/mock-project.test.upload (at start) by columns
        - airflow/BQ.download succeeded, of airflow/BQ
            wrote gs://mock-bucket/result.csv live current
            gs://mock-bucket/result.csv <- bigquery/mock-project.test.upload_cp (at start) by columns
        - airflow/dag succeeded, no data
        - airflow/dag.task_0 succeeded, of airflow/dag, no data
        - airflow/gcs_hook succeeded, no data
        - airflow/gcs_hook.upload_for_deletion succeeded, of airflow/gcs_hook
            wrote gs://mock-bucket/to_be_deleted.txt live current
        - airflow/gcs_hook.upload_from_file succeeded, of airflow/gcs_hook
            wrote gs://mock-bucket/uploaded_file.txt live current
            gs://mock-bucket/uploaded_file.txt <- file/files/temp/data.txt (external) all
        - airflow/gcs_hook.delete succeeded, of airflow/gcs_hook
             <- gs://mock-bucket/to_be_deleted.txt (at start) 
        - airflow/gcs_hook.upload_from_data succeeded, of airflow/gcs_hook
            wrote gs://mock-bucket/uploaded_data.txt live current
        - airflow/gcs_hook.rewrite_task succeeded, of airflow/gcs_hook
            wrote gs://mock-bucket/copy_of_uploaded_file.txt live current
            gs://mock-bucket/copy_of_uploaded_file.txt <- gs://mock-bucket/uploaded_file.txt (at start) all
        - airflow/gcs_hook.copy_task succeeded, of airflow/gcs_hook
            wrote gs://mock-bucket/copy_of_uploaded_data.txt live current
            gs://mock-bucket/copy_of_uploaded_data.txt <- gs://mock-bucket/uploaded_data.txt (at start) all
        - airflow/gcs_hook.download_to_data succeeded, of airflow/gcs_hook
             <- gs://mock-bucket/uploaded_data.txt (at start) 
        - airflow/gcs_hook.download_to_file succeeded, of airflow/gcs_hook
            wrote file/files/temp/downloaded_file.txt live current
            file/files/temp/downloaded_file.txt <- gs://mock-bucket/uploaded_file.txt (at start) all
        - airflow/gcs_hook.compose_task succeeded, of airflow/gcs_hook
            wrote gs://mock-bucket/compose_result.txt live current
            gs://mock-bucket/compose_result.txt <- gs://mock-bucket/uploaded_file.txt (at start) gs://mock-bucket/uploaded_data.txt (at start) gs://mock-bucket/copy_of_uploaded_data.txt (at start) gs://mock-bucket/copy_of_uploaded_file.txt (at start) all
    "#]],
    );
}

#[test]
fn airflow_counts() {
    let (history, anomalies, _) = read(AIRFLOW.as_bytes());
    let names = &history.names;
    assert_eq!((names.wants.len(), names.runs.len(), names.partitions.len()), (3, 16, 13));
    let told = &history.openlineage;
    let n_tasks = names.runs.ids().filter(|&run| told.parent_of(run).is_some()).count();
    assert_eq!(n_tasks, 13, "16 runs, of which 3 are at the root");
    assert_eq!(anomalies.total(), 0);
    let root = names.runs.find("01936893-9751-7a91-a2a0-a51101a3970c");
    assert!(root.is_some(), "a run goes by its id");
    let request =
        names.wants.find("01936893-9751-7a91-a2a0-a51101a3970c").expect("so does its request");
    assert_eq!(told.root_of(request), root);
}

/// All begin at 22:42:42 and tell of their outputs only then; they end one after the other, and what
/// was not live by a reader's end had been there before the log.
#[test]
fn marquez_runs_that_tell_of_outputs_at_their_start_leave_live_instances() {
    check(
        MARQUEZ,
        expect![[r#"
            food_delivery/delivery_times_7_days successful about 1582408800, 1 runs: food_delivery/public.top_delivery_times food_delivery/public.discounts
            food_delivery/email_discounts successful about 1582408800, 1 runs: 
            food_delivery/etl_categories successful about 1582408800, 1 runs: food_delivery/public.categories
            food_delivery/etl_customers successful about 1582408800, 1 runs: food_delivery/public.customers
            food_delivery/etl_delivery_7_days successful about 1582408800, 1 runs: food_delivery/public.delivery_7_days
            food_delivery/etl_drivers successful about 1582408800, 1 runs: food_delivery/public.drivers
            food_delivery/etl_menu_items successful about 1582408800, 1 runs: food_delivery/public.menu_items
            food_delivery/etl_menus successful about 1582408800, 1 runs: food_delivery/public.menus
            food_delivery/etl_order_status successful about 1582408800, 1 runs: food_delivery/public.order_status
            food_delivery/etl_orders successful about 1582408800, 1 runs: food_delivery/public.orders
            food_delivery/etl_orders_7_days successful about 1582408800, 1 runs: food_delivery/public.orders_7_days
            food_delivery/etl_restaurants successful about 1582408800, 1 runs: food_delivery/public.restaurants
            food_delivery/orders_popular_day_of_week successful about 1582408800, 1 runs: food_delivery/public.popular_orders_day_of_week
            - food_delivery/delivery_times_7_days succeeded
                wrote food_delivery/public.top_delivery_times live current
                wrote food_delivery/public.discounts live current
                food_delivery/public.top_delivery_times <- food_delivery/public.delivery_7_days (by end) by columns
                food_delivery/public.discounts <- food_delivery/public.delivery_7_days (by end) by columns
            - food_delivery/email_discounts succeeded
                 <- food_delivery/public.discounts (external) food_delivery/public.customers (by end) 
            - food_delivery/etl_categories succeeded
                wrote food_delivery/public.categories live current
            - food_delivery/etl_customers succeeded
                wrote food_delivery/public.customers live current
            - food_delivery/etl_delivery_7_days succeeded
                wrote food_delivery/public.delivery_7_days live current
                food_delivery/public.delivery_7_days <- food_delivery/public.orders_7_days (by end) food_delivery/public.customers (by end) food_delivery/public.order_status (by end) food_delivery/public.drivers (by end) food_delivery/public.restaurants (by end) by columns
            - food_delivery/etl_drivers succeeded
                wrote food_delivery/public.drivers live current
            - food_delivery/etl_menu_items succeeded
                wrote food_delivery/public.menu_items live current
            - food_delivery/etl_menus succeeded
                wrote food_delivery/public.menus live current
            - food_delivery/etl_order_status succeeded
                wrote food_delivery/public.order_status live current
            - food_delivery/etl_orders succeeded
                wrote food_delivery/public.orders live current
            - food_delivery/etl_orders_7_days succeeded
                wrote food_delivery/public.orders_7_days live current
                food_delivery/public.orders_7_days <- food_delivery/public.menus (external) food_delivery/public.menu_items (external) food_delivery/public.orders (external) food_delivery/public.categories (external) by columns
            - food_delivery/etl_restaurants succeeded
                wrote food_delivery/public.restaurants live current
            - food_delivery/orders_popular_day_of_week succeeded
                wrote food_delivery/public.popular_orders_day_of_week live current
                food_delivery/public.popular_orders_day_of_week <- food_delivery/public.top_delivery_times (external) by columns
                 <- food_delivery/public.customers (by end) 
        "#]],
    );
}

#[test]
fn marquez_counts() {
    let (history, anomalies, _) = read(MARQUEZ.as_bytes());
    assert_eq!((history.names.runs.len(), history.names.partitions.len()), (13, 13));
    assert_eq!(history.instances.live.iter().flatten().count(), 13);
    assert_eq!(anomalies.total(), 0);
}

/// A night: a task that is tried again, an application of Spark with its queries, a build of dbt that
/// fails, a stream, and two queries of Trino.
#[test]
fn each_producer_tells_in_its_own_way() {
    check(
        PRODUCERS,
        expect![[r#"
        flink-jobs/insert-into_default_catalog.default_database.clicks_per_minute building, 1 runs: kafka://broker:9092/clicks_per_minute
        airflow/nightly_sales failed about 1795053600, 13 runs: snowflake://shop-eu1/SHOP.ANALYTICS.DAILY_REVENUE
        trino://trino:8080/20261120_030000_00001_abcde successful, 1 runs: trino://trino:8080/memory.reports.orders_by_day
        trino://trino:8080/20261120_031500_00002_abcde successful, 1 runs: trino://trino:8080/memory.reports.orders_by_day
        shop/bash_dag.failing_task failed, 1 runs: 
        - flink-jobs/insert-into_default_catalog.default_database.clicks_per_minute running, streaming
            wrote kafka://broker:9092/clicks_per_minute building
            kafka://broker:9092/clicks_per_minute <- kafka://broker:9092/clicks (external) all
        - airflow/nightly_sales failed, no data
        - airflow/nightly_sales.extract failed, of airflow/nightly_sales, no data
        - airflow/nightly_sales.extract succeeded, of airflow/nightly_sales
            wrote s3://lake/raw/orders/day=2026-11-19 live current
            s3://lake/raw/orders/day=2026-11-19 <- postgres://shop-db:5432/shop.public.orders (external) all
        - airflow/nightly_sales.spark_sales succeeded, of airflow/nightly_sales
        - spark-prod/sales_job succeeded, of airflow/nightly_sales.spark_sales, no data
        - spark-prod/sales_job.create_stage.sales_stage_orders succeeded, of spark-prod/sales_job
            wrote s3://lake/warehouse/sales.db/stage_orders live
            s3://lake/warehouse/sales.db/stage_orders <- s3://lake/raw/orders/day=2026-11-19 (at start) by columns
        - spark-prod/sales_job.merge_into.sales_orders succeeded, of spark-prod/sales_job
            wrote s3://lake/warehouse/sales.db/orders live current v=4712
            s3://lake/warehouse/sales.db/orders <- s3://lake/warehouse/sales.db/orders (external) s3://lake/warehouse/sales.db/stage_orders (at start) by columns
        - spark-prod/sales_job.execute_drop_table.sales_stage_orders succeeded, of spark-prod/sales_job
        - airflow/nightly_sales.dbt_build failed, of airflow/nightly_sales, no data
        - dbt/dbt-run-shop failed, of airflow/nightly_sales.dbt_build, no data
        - dbt/shop.analytics.stg_orders.build.run succeeded, of dbt/dbt-run-shop
            wrote snowflake://shop-eu1/SHOP.ANALYTICS.STG_ORDERS live current
            snowflake://shop-eu1/SHOP.ANALYTICS.STG_ORDERS <- s3://lake/warehouse/sales.db/orders (at start) all
        - dbt/shop.analytics.stg_orders.build.test succeeded, of dbt/dbt-run-shop
             <- snowflake://shop-eu1/SHOP.ANALYTICS.STG_ORDERS (at start) 
        - dbt/shop.analytics.daily_revenue.build.run failed, of dbt/dbt-run-shop
            wrote snowflake://shop-eu1/SHOP.ANALYTICS.DAILY_REVENUE failed
            snowflake://shop-eu1/SHOP.ANALYTICS.DAILY_REVENUE <- snowflake://shop-eu1/SHOP.ANALYTICS.STG_ORDERS (at start) all
        - trino://trino:8080/20261120_030000_00001_abcde succeeded
            wrote trino://trino:8080/memory.reports.orders_by_day live
            trino://trino:8080/memory.reports.orders_by_day <- trino://trino:8080/lake.sales.orders (external) snowflake://shop-eu1/SHOP.ANALYTICS.STG_ORDERS (at start) all
        - trino://trino:8080/20261120_031500_00002_abcde succeeded
            wrote trino://trino:8080/memory.reports.orders_by_day live current
            trino://trino:8080/memory.reports.orders_by_day <- trino://trino:8080/lake.sales.orders (external) snowflake://shop-eu1/SHOP.ANALYTICS.STG_ORDERS (at start) all
        - shop/bash_dag.failing_task failed, no data
    "#]],
    );
    let (_, anomalies, notices) = read(PRODUCERS.as_bytes());
    assert_eq!((anomalies.total(), notices.n_skipped), (0, 0));
    assert_eq!((notices.n_used, notices.n_folded), (37, 2));
}

#[test]
fn spark_has_one_request_and_one_part() {
    check(
        SPARK,
        expect![[r#"
        local://some.host.name/spark_session successful, 2 runs: clickhouse://localhost:8123/mydb.myschema.mytable
        - local://some.host.name/spark_session succeeded, no data
        - local://some.host.name/spark_session.execute_save_into_data_source_command succeeded, of local://some.host.name/spark_session
            wrote clickhouse://localhost:8123/mydb.myschema.mytable live current
            clickhouse://localhost:8123/mydb.myschema.mytable <- hdfs://test-hadoop:9820/user/hive/warehouse/mydatabase.db/source_table (external) by columns
    "#]],
    );
}

#[test]
fn spark_gives_a_table_its_friendly_name() {
    let (history, ..) = read(SPARK.as_bytes());
    let path = "hdfs://test-hadoop:9820/user/hive/warehouse/mydatabase.db/source_table";
    let partition = history.names.partitions.find(path).expect("it is read");
    let told = &history.openlineage;
    let text =
        |column: &[Option<_>]| column[partition.index()].map(|it| history.names.texts.text(it));
    assert_eq!(text(&told.namespace), Some("hdfs://test-hadoop:9820"));
    assert_eq!(text(&told.name), Some("/user/hive/warehouse/mydatabase.db/source_table"));
    assert_eq!(lineage::facts::friendly(&history, partition), "mydatabase.source_table");
}

/// Each event as a line.
fn lines(file: &str) -> Vec<String> {
    match serde_json::from_str::<Vec<Value>>(file) {
        Ok(events) => events.iter().map(Value::to_string).collect(),
        Err(_) => file.lines().map(str::to_owned).collect(),
    }
}

#[test]
fn every_container_gives_the_same() {
    for file in [AIRFLOW, MARQUEZ, SPARK] {
        let (events, plain) = (lines(file), tell(file.as_bytes()));
        let joined = events.join(",");
        let pretty = |text: &str| {
            let value: Value = serde_json::from_str(text).unwrap();
            serde_json::to_string_pretty(&value).unwrap()
        };
        let containers = [
            events.join("\n"),
            format!("[{joined}]"),
            pretty(&format!("[{joined}]")),
            format!("{{\"events\":[{joined}]}}"),
            pretty(&format!("{{\"events\":[{joined}]}}")),
            events.iter().map(|event| pretty(event) + "\n").collect::<String>(),
        ];
        for container in containers {
            let (history, _, notices) = read(container.as_bytes());
            assert_eq!(tell_history(&history), plain);
            assert_eq!(notices.n_used, events.len() as u64);
        }
    }
}

#[test]
fn one_pretty_printed_event_is_a_log() {
    let event: Value = serde_json::from_str(&lines(SPARK)[0]).unwrap();
    let said = tell(serde_json::to_string_pretty(&event).unwrap().as_bytes());
    assert!(said.contains("spark_session running"), "{said}");
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn the_order_of_lines_does_not_matter(
        (file, shuffled) in prop::sample::select(vec![AIRFLOW, MARQUEZ, SPARK])
            .prop_flat_map(|file| (Just(file), Just(lines(file)).prop_shuffle())),
    ) {
        let (sorted, ..) = read(lines(file).join("\n").as_bytes());
        let (shuffled, _, notices) = read(shuffled.join("\n").as_bytes());
        prop_assert_eq!(tell_history(&shuffled), tell_history(&sorted));
        prop_assert_eq!(&shuffled.log.kind, &sorted.log.kind);
        prop_assert_eq!(&shuffled.log.subject, &sorted.log.subject);
        prop_assert_eq!(&shuffled.log.nanos, &sorted.log.nanos);
        prop_assert_eq!(notices.n_used, notices.n_records);
    }
}
