"""Experiences and corrections."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("pathway", models.CharField(max_length=80)),
                ("line", models.CharField(max_length=120)),
                ("language", models.CharField(max_length=2)),
                ("text", models.TextField()),
                ("source", models.TextField(blank=True)),
                ("case", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "waiting"), ("accepted", "accepted"), ("refused", "refused")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("created", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["-created"],
            },
        ),
        migrations.CreateModel(
            name="Experience",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("pathway", models.CharField(max_length=80)),
                ("language", models.CharField(max_length=2)),
                ("text", models.TextField(blank=True)),
                ("region", models.CharField(blank=True, max_length=3)),
                ("filed", models.DateField(blank=True, null=True)),
                ("decided", models.DateField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, max_length=10)),
                ("asked_for", models.CharField(blank=True, max_length=400)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("published", "published"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("flags", models.PositiveIntegerField(default=0)),
                ("likeness", models.CharField(editable=False, max_length=64)),
                ("key", models.CharField(editable=False, max_length=64, unique=True)),
                ("created", models.DateTimeField(auto_now_add=True)),
                ("changed", models.DateTimeField(auto_now=True)),
            ],
            options={
                "ordering": ["-created"],
                "indexes": [
                    models.Index(fields=["pathway", "state", "-created"], name="experience_shown"),
                    models.Index(fields=["pathway", "likeness"], name="experience_likeness"),
                ],
            },
        ),
    ]
