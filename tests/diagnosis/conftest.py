"""The base that diagnoses are made from, and one of them."""

from __future__ import annotations

import pytest

from kg.diagnosis import Catalogue, Diagnosis, Policy, catalogue
from kg.namespaces import gap, thing
from tests.data_support import whole

NAME = "Joined-up care"


@pytest.fixture(scope="session")
def known() -> Catalogue:
    return catalogue(whole())


@pytest.fixture
def made() -> Diagnosis:
    """A policy with an answer or more in every step."""
    return Diagnosis(
        Policy(name=NAME, level="national", sentence="Councils are to plan care together."),
        {
            "type": {gap("ambiguity"): "high", gap("conflict"): "low"},
            "risks": {thing("australian-criterion", "cross-agency"): "met"},
            "causes": {
                thing("failure-cause", "dispersed-governance"): "met",
                thing("failure-cause", "inadequate-collaborative-policymaking"): "partly-met",
                thing("failure-cause", "vagaries-of-the-political-cycle"): "met",
                thing("failure-cause", "overly-optimistic-expectations"): "not-met",
            },
            "factors": {
                thing("notion", "local-dynamics"): "met",
                thing("overoptimism-factor", "complexity"): "partly-met",
            },
            "tactics": {
                thing("tactic", "implementation-brokers"): "in-use",
                thing("tactic", "stage-reviews"): "planned",
            },
            "barriers": {thing("compliance-barrier", "autonomy-problems"): "met"},
            "purposes": {
                thing("support-purpose", "managing-and-regulating"): "met",
                thing("support-purpose", "capacity-building"): "met",
            },
            "questions": {thing("review-question", "lessons-learned"): "=1+1 <b>Not</b> yet."},
        },
    )
