"""One put_item of boto3 after another. Measured as the handlers in Node.js are: see bench/child/run-handler.ts."""

import base64
import json
import os
import resource
import sys
import time
from decimal import Decimal

import boto3
from boto3.dynamodb.types import TypeSerializer
from botocore.config import Config

task = json.loads(sys.argv[1])
session = boto3.client("sts").assume_role(
    RoleArn=os.environ["TARGET_ROLE_ARN"],
    ExternalId=os.environ["TARGET_EXTERNAL_ID"],
    RoleSessionName="replicator",
)["Credentials"]
dynamodb = boto3.client(
    "dynamodb",
    aws_access_key_id=session["AccessKeyId"],
    aws_secret_access_key=session["SecretAccessKey"],
    aws_session_token=session["SessionToken"],
    config=Config(tcp_keepalive=True),
)
serialize = TypeSerializer().serialize


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def handle(event):
    for record in event["Records"]:
        kinesis = record["kinesis"]
        shard_id = record["eventID"].split(":")[0]
        item = {
            "seqNumbershardIdHash": f"{kinesis['sequenceNumber'][-3:-1]}_{shard_id}",
            "sequenceNumber": kinesis["sequenceNumber"],
            "shardId": shard_id,
            "streamName": record["eventSourceARN"].split("/")[1],
            "partitionKey": kinesis["partitionKey"],
            "approximateArrivalTimestamp": Decimal(str(kinesis["approximateArrivalTimestamp"])),
            "event": json.loads(base64.b64decode(kinesis["data"]), parse_float=Decimal),
        }
        dynamodb.put_item(
            TableName=os.environ["TARGET_TABLE_NAME"],
            Item={name: serialize(value) for name, value in item.items()},
        )


def handle_for(events, least_cpu_seconds):
    end = cpu_seconds() + least_cpu_seconds
    rounds = 0
    while True:
        for event in events:
            handle(event)
        rounds += 1
        if cpu_seconds() >= end:
            return rounds


events = [json.load(open(file, encoding="utf-8")) for file in task["eventFiles"]]
handle_for(events, task["warmUpCpuSeconds"])
cpu_before, before = cpu_seconds(), time.monotonic()
rounds = handle_for(events, task["timedCpuSeconds"])
figures = {
    "rounds": rounds,
    "wallSeconds": time.monotonic() - before,
    "cpuSeconds": cpu_seconds() - cpu_before,
}
os.write(3, json.dumps(figures).encode())
